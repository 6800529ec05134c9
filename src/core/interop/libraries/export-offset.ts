/**
 * @file Our cues at the times of a program that begins a track at another moment than Algiers: what an import moves, an export moves back.
 * Measured from the grid that the program has of the track; without one, times stay as they are.
 * Conventions: seconds to add to a time of ours to get one of the program.
 */
import type { BeatGrid } from '../../beats/beat-grid.ts'
import type { Seconds } from '../../units/units.ts'
import type { ExportedCue, ExportedTrack } from './exported-library.ts'
import { foreignBeatTimes } from './foreign-beats.ts'
import type { ForeignGrid } from './foreign-library.ts'
import { mayHaveOffset, measureImportOffset } from './import-offset.ts'

type Timed = Pick<ExportedTrack, 'path' | 'durationSeconds'>

/** @returns 0 where nothing is to be moved */
export const exportOffset = ({ path, durationSeconds }: Timed, theirs: ForeignGrid, own: BeatGrid): Seconds => {
  if (durationSeconds === null || !mayHaveOffset(path)) return 0
  const measured = measureImportOffset(foreignBeatTimes(theirs, durationSeconds), own)
  return measured?.isApplied === true ? -measured.seconds : 0
}

const moved = (seconds: Seconds, offset: Seconds): Seconds => Math.max(0, seconds + offset)

type Mark = Pick<ExportedCue, 'startSeconds' | 'endSeconds'>

export const movedMark = <One extends Mark>(mark: One, offset: Seconds): One => ({
  ...mark,
  startSeconds: moved(mark.startSeconds, offset),
  endSeconds: mark.endSeconds === null ? null : moved(mark.endSeconds, offset),
})

export const movedTrack = (track: ExportedTrack, offset: Seconds): ExportedTrack => ({
  ...track,
  grid: track.grid && {
    ...track.grid,
    anchors: track.grid.anchors.map((anchor) => ({ ...anchor, seconds: anchor.seconds + offset })),
  },
  cues: track.cues.map((cue) => movedMark(cue, offset)),
})
