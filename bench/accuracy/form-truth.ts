/** What is true of the beats of a track, for a network of form to learn: where sections start, and their kinds. */
import { secondsToBeats } from '../../src/core/beats/beat-grid.ts'
import { SECTION_KINDS } from '../../src/core/labels/section-kind.ts'
import { referenceBoundaries } from '../corpus/corpus.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { spansInBeats } from './train.ts'

const UNKNOWN = -1

export type FormTruth = {
  /** Shape (beats): 1 where a section starts, 0 where none does, UNKNOWN. */
  readonly edges: Int8Array<ArrayBuffer>
  /** Shape (beats): index into SECTION_KINDS, UNKNOWN. */
  readonly kinds: Int8Array<ArrayBuffer>
}

export const formTruth = (gridded: GriddedTrack): FormTruth => {
  const { track, grid } = gridded
  const beats = grid.beatCount
  const edges = new Int8Array(beats)
  const kinds = new Int8Array(beats).fill(UNKNOWN)
  const { scored, ignored } = referenceBoundaries(track)
  const beatOf = (time: number): number => Math.round(secondsToBeats(grid, time))
  spansInBeats(gridded).forEach(({ startBeat, endBeat }, n) => {
    const { label, counts, isUnknownInside } = track.segments[n]!
    if (label && counts) kinds.fill(SECTION_KINDS.indexOf(label), startBeat, Math.max(startBeat, endBeat))
    if (isUnknownInside) edges.fill(UNKNOWN, startBeat, Math.max(startBeat, endBeat))
  })
  for (const time of ignored) edges.fill(UNKNOWN, Math.max(0, beatOf(time) - 1), Math.max(0, beatOf(time) + 2))
  for (const time of scored) {
    const beat = beatOf(time)
    if (beat > 0 && beat < beats) edges[beat] = 1
  }
  return { edges, kinds }
}
