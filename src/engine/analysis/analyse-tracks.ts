import { stat } from 'node:fs/promises'
import type { TempoHabit } from '../../core/beats/tempo-habit.ts'
import { isLasting } from '../../core/library/lasting-failure.ts'
import { isMissing, presentLocation, type Track, type TrackLocation } from '../../core/library/track.ts'
import { type ErrorReport, toErrorReport, UserError } from '../../core/support/user-error.ts'
import { findFfmpeg } from '../../platform/decoding/find-ffmpeg.ts'
import { realFolders } from '../../platform/decoding/library-place.ts'
import { gridDigest } from '../../platform/store/grid-store.ts'
import { throwIfThreadsLost } from '../../platform/workers/loss-limit.ts'
import type { ReadyEars } from '../kit/ears.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { runConcurrently } from '../kit/run-concurrently.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { analyseFile, type FileAnalysis } from './analyse-file.ts'
import { type AnalysisStatus, analysisStatus, visitAnalysisStatus } from './analysis-state.ts'
import { isHeard, recordHearing } from './hearing.ts'
import { putGrid } from './put-grid.ts'
import { tempoHabits } from './tempo-habits.ts'
import { hasCurrentChecks } from './track-quality.ts'
import { currentVectorSpecDigest, fillTrackVector } from './track-vectors.ts'

export type AnalysisReport = {
  readonly analysed: number
  /** Of these, the tracks whose sections nobody has read on the way. */
  readonly unread: number
  readonly upToDate: number
  /** Stale, but their files are missing or their drive is offline. */
  readonly unreachable: number
  /** Failed at an earlier time for a reason that lasts: they are tried again only when somebody asks for them. */
  readonly leftAlone: number
  readonly failures: readonly FileFailure[]
}

export type AnalyseOptions = JobOptions & {
  /** Only these tracks; all where left out. */
  readonly only?: ReadonlySet<number>
  /** Estimate anew every grid that no person has edited; labels are carried by time. */
  readonly newGrids?: boolean
  /** Tracks that were seen to already. */
  readonly except?: ReadonlySet<number>
}

/**
 * Analyses every stale track whose audio is reachable, and has each read at once. What was finished before a
 * cancellation stays.
 */
export const analyseTracks = async (workspace: Workspace, options: AnalyseOptions = {}): Promise<AnalysisReport> => {
  const { store } = workspace
  const { only, newGrids = false, except, signal } = options
  const ears = await workspace.ears.ready()
  const isComplete = (status: AnalysisStatus): boolean => hasCurrentChecks(status) && isHeard(store, status.track, ears)
  const due: number[] = []
  const failures: FileFailure[] = []
  const hasFfmpeg = findFfmpeg() !== null
  let [upToDate, unreachable, leftAlone] = [0, 0, 0]
  const sort = (status: AnalysisStatus): void => {
    const { id: trackId } = status.track
    if (except?.has(trackId)) return
    // Nobody waits for a track that has no file any more.
    if (only === undefined && isMissing(status.track)) return
    const place = presentLocation(status.track)
    // Where only the checks are newer, what was measured still holds: a drive that is away must not hold anything up.
    const isSettled = !isDue(status, newGrids) && (place === null || isComplete(status))
    if (isSettled) {
      fillTrackVector(store, status)
      upToDate++
    } else if (place === null) unreachable++
    else if (only === undefined && hasLastingFailure(store, trackId, hasFfmpeg)) leftAlone++
    else due.push(trackId)
  }
  await visitAnalysisStatus(store, sort, { only, signal })
  const habitOf = tempoHabits(store)
  let [done, analysed, unread] = [0, 0, 0]
  const analyse = async (trackId: number): Promise<void> => {
    // The track is looked up again: an urgent job may have been faster, its grid edited, its file or itself taken away.
    const track = store.tracks.get(trackId)
    const status = track && analysisStatus(store, track, currentFeatureSpecDigest())
    const path = (track && presentLocation(track)?.path) ?? null
    options.onProgress?.({ stage: 'analysing', done, total: due.length, item: path })
    if (status !== null && !isDue(status, newGrids) && isComplete(status)) upToDate++
    else if (status === null || path === null) unreachable++
    else {
      const reading = newGrids ? forgetEstimate(status) : status
      const failure = await analyseTrack(workspace, reading, { ears, habitOf, signal })
      // The track was taken away meanwhile, with all that was known of it.
      if (store.tracks.get(trackId) === null) unreachable++
      else if (failure) {
        store.analyses.putFailure(trackId, failure)
        failures.push({ file: path, trackId, error: failure })
      } else analysed++
      workspace.emit({ type: 'analysis', trackId, failure: failure?.code ?? null })
      // A cancellation waits for this moment, so that no track is left analysed and without sections.
      if (!failure && !(await workspace.readAnalysed?.(workspace, trackId))) unread++
    }
    options.onProgress?.({ stage: 'analysing', done: ++done, total: due.length, item: path })
  }
  await runConcurrently(due, analyse, { concurrency: workspace.pool.size, signal })
  return { analysed, unread, upToDate, unreachable, leftAlone, failures }
}

/** Whether a track is left alone until somebody asks for it by name: what is wrong lies in its sound. */
const hasLastingFailure = (store: Workspace['store'], trackId: number, hasFfmpeg: boolean): boolean => {
  const failure = store.analyses.failure(trackId)
  return failure !== null && isLasting(failure.code, { hasFfmpeg })
}

const isDue = ({ stale, grid }: AnalysisStatus, newGrids: boolean): boolean =>
  stale !== null || (newGrids && grid?.origin === 'estimated')

const forgetEstimate = (status: AnalysisStatus): AnalysisStatus =>
  status.grid?.origin === 'estimated' ? { ...status, grid: null } : status

/** @returns why the file could not be analysed, or null; a failure of one file must not stop the others */
const analyseTrack = async (
  { store, pool }: Workspace,
  { track, grid }: AnalysisStatus,
  {
    ears,
    habitOf,
    signal,
  }: {
    readonly ears: ReadyEars | null
    readonly habitOf: (track: Track) => TempoHabit
    readonly signal: AbortSignal | undefined
  },
): Promise<ErrorReport | null> => {
  const location = presentLocation(track)!
  const { path } = location
  const { maxDurationSeconds } = store.settings.all()
  const peaks = !store.peaks.has(track.audioDigest)
  // What is analysed is the file that was scanned, in a folder of the library, whatever took its place meanwhile.
  const source = { path, folders: await realFolders(store.roots.list()), found: location }
  const input = {
    ...source,
    grid: grid?.grid ?? null,
    habit: habitOf(track),
    maxDurationSeconds,
    peaks,
    ears: ears?.input,
  }
  let found: FileAnalysis
  try {
    found = await analyseFile(pool, input, signal ? { signal } : {})
  } catch (error) {
    signal?.throwIfAborted()
    throwIfThreadsLost(error)
    return toErrorReport(error)
  }
  if (!(await isUnchanged(location)))
    return toErrorReport(new UserError('AUDIO_CHANGED', `${path} is not the file that was scanned any more.`))
  // The track was taken away or its grid edited meanwhile, so the result is of something that is no longer there.
  const isOutdated = (): boolean => {
    const current = store.grids.current(track.id)
    const wasEdited = grid === null ? current?.origin === 'edited' : current?.digest !== grid.digest
    return wasEdited || store.tracks.get(track.id) === null
  }
  if (isOutdated()) return null
  if (ears !== null && found.hearing !== null) recordHearing(store, track, { ears, heard: found.hearing })
  await record(store, track, { found, isOutdated })
  return null
}

const isUnchanged = async ({ path, sizeBytes, modifiedMs }: TrackLocation): Promise<boolean> => {
  const status = await stat(path).catch(() => null)
  return status?.size === sizeBytes && status.mtimeMs === modifiedMs
}

type Result = { readonly found: FileAnalysis; readonly isOutdated: () => boolean }

const record = async (store: Workspace['store'], track: Track, { found, isOutdated }: Result): Promise<void> => {
  const key = {
    audioDigest: track.audioDigest,
    gridDigest: gridDigest(found.grid),
    featureSpecDigest: currentFeatureSpecDigest(),
  }
  store.features.write(key, found.features)
  if (found.peaks) store.peaks.write(track.audioDigest, found.peaks)
  const grid = await putGrid(store, track.id, () =>
    isOutdated() ? null : { origin: 'estimated', edit: null, grid: found.grid },
  )
  if (grid === null) return
  store.vectors.put({ ...key, trackId: track.id, specDigest: currentVectorSpecDigest() }, found.vector)
  store.analyses.put({ ...key, trackId: track.id, durationSeconds: found.durationSeconds, facts: found.facts })
}
