import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { GridImport } from '../../core/beats/grid-edit.ts'
import { isSameBeat } from '../../core/beats/take-grid.ts'
import type { CueProfile } from '../../core/interop/libraries/cue-meanings.ts'
import { cuesToSpans, type HeardEdge, type SpansOfCues } from '../../core/interop/libraries/cues-to-spans.ts'
import { foreignBeatTimes, takeForeignGrid } from '../../core/interop/libraries/foreign-beats.ts'
import type { ForeignMarks } from '../../core/interop/libraries/foreign-library.ts'
import type { GridChoice } from '../../core/interop/libraries/grid-choice.ts'
import { type ImportOffset, mayHaveOffset, measureImportOffset } from '../../core/interop/libraries/import-offset.ts'
import { lastKnownPath, type Track } from '../../core/library/track.ts'
import { isDoubtfulGrid } from '../../core/quality/doubtful-estimates.ts'
import type { Store } from '../../platform/store/store.ts'
import { shownSections } from '../reading/track-sections.ts'

export type ImportChoices = {
  readonly program: string
  readonly profile: CueProfile
  readonly grids: GridChoice
  readonly version: number | null
}

/** What is to come of a track; nothing is changed yet. */
export type PlannedTrack = SpansOfCues & {
  readonly track: Track
  /** Added to the times of the other program; null where none is. */
  readonly offsetSeconds: number | null
  readonly isOtherGrid: boolean
  /** The other program's grid, where it is to take the place of ours. */
  readonly newGrid: BeatGrid | null
  /** The other program's grid, where it stays to be chosen. */
  readonly offeredGrid: GridImport | null
}

/** Two grids are the same where their beats lie as near as that. */
const SAME_SECONDS = 0.01

const areSame = (offset: ImportOffset | null, applied: number): boolean =>
  offset === null || (Math.abs(offset.seconds - applied) < SAME_SECONDS && offset.spreadSeconds < SAME_SECONDS)

/** None where the proposing version has not read the track. */
const edgesOf = (store: Store, track: Track, version: number | null): readonly HeardEdge[] => {
  const sections = version === null ? [] : (shownSections(store, track, version)?.sections ?? [])
  return sections
    .slice(1)
    .map(({ startBeat, kind }, at) => ({ beat: startBeat, before: sections[at]!.kind, after: kind }))
}

/** @returns null for a track without a grid: its cues wait until it is analysed */
export const planImportedTrack = (
  store: Store,
  { track, foreign }: { readonly track: Track; readonly foreign: ForeignMarks },
  { program, profile, grids, version }: ImportChoices,
): PlannedTrack | null => {
  const current = store.grids.current(track.id)
  if (current === null) return null
  const durationSeconds = store.analyses.summary(track.id)?.durationSeconds ?? foreign.durationSeconds ?? 0
  const own = current.grid
  const times = foreign.grid === null ? [] : foreignBeatTimes(foreign.grid, durationSeconds)
  const measured = measureImportOffset(times, own)
  const isShifted = measured?.isApplied === true && mayHaveOffset(lastKnownPath(track) ?? '')
  const offsetSeconds = isShifted ? measured.seconds : 0
  const isOtherGrid = foreign.grid !== null && times.length > 0 && !areSame(measured, offsetSeconds)
  const isWanted = grids === 'all' || (grids === 'unsure' && isDoubtfulGrid(own))
  const theirs =
    foreign.grid === null || durationSeconds === 0
      ? null
      : takeForeignGrid(foreign.grid, { program, own, offsetSeconds, durationSeconds })
  const newGrid = isOtherGrid && isWanted && current.origin === 'estimated' ? (theirs?.grid ?? null) : null
  const offeredGrid = theirs !== null && newGrid === null && !isSameBeat(theirs.grid, own) ? theirs.edit : null
  const heard = newGrid === null ? edgesOf(store, track, version) : []
  const spans = cuesToSpans({ track: foreign, grid: newGrid ?? own, offsetSeconds, profile, heard })
  return { ...spans, track, offsetSeconds: isShifted ? offsetSeconds : null, isOtherGrid, newGrid, offeredGrid }
}
