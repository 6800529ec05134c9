import type { ForeignTrack } from '../../core/interop/libraries/foreign-library.ts'
import type { Track } from '../../core/library/track.ts'
import type { WaitingCues } from '../../platform/store/import-store.ts'
import { analyseTracks } from '../analysis/analyse-tracks.ts'
import type { ReadAnalysed, Workspace } from '../kit/workspace.ts'
import { proposingVersion } from '../versions/base-model.ts'
import { offersOf, placeSpans, takeGrids } from './place-imported.ts'
import { type ImportChoices, planImportedTrack } from './plan-imported-track.ts'

/** What is kept of a track that has no grid yet; nothing where nothing could come of it. */
export const waitingCues = (
  { track, foreign }: { readonly track: Track; readonly foreign: ForeignTrack },
  { grids }: Pick<ImportChoices, 'grids'>,
): readonly WaitingCues[] => {
  const { cues, phrases, grid, durationSeconds } = foreign
  const isOfUse = cues.length > 0 || phrases.length > 0 || grid !== null
  return isOfUse ? [{ trackId: track.id, grids, marks: { cues, phrases, grid, durationSeconds } }] : []
}

/** Makes suggestions of the cues that waited for the grid of a track. @returns whether it has the grid of the other program now */
const placeWaitingCues = async ({ store, emit }: Workspace, trackId: number): Promise<boolean> => {
  const waiting = store.imports.waitingFor(trackId)
  let isRegridded = false
  for (const { importId, program, grids, marks } of waiting) {
    const track = store.tracks.get(trackId)
    const choices = { program, profile: store.cueNames.ofProgram(program), grids, version: proposingVersion(store) }
    const planned = track && planImportedTrack(store, { track, foreign: marks }, choices)
    if (planned === null) continue
    const changes = await takeGrids(store, program, [planned])
    store.imports.endWaiting(importId, placeSpans(store, planned, { program }))
    store.imports.recordChanges(importId, changes)
    store.imports.offerGrids(importId, offersOf([planned]))
    isRegridded ||= changes.length > 0
  }
  if (waiting.length > 0) emit({ type: 'imports' })
  return isRegridded
}

/** Cues that were brought in before a track was analysed are placed once it is. */
export const withWaitingCues =
  (read: ReadAnalysed): ReadAnalysed =>
  async (workspace, trackId) => {
    const isRead = await read(workspace, trackId)
    if (!(await placeWaitingCues(workspace, trackId))) return isRead
    // What was measured on our own grid says nothing of the other program's.
    const { unread } = await analyseTracks(workspace, { only: new Set([trackId]) })
    return unread === 0
  }
