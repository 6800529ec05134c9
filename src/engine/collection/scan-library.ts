import { type AnalyseOptions, type AnalysisReport, analyseTracks } from '../analysis/analyse-tracks.ts'
import type { JobOptions, JobProgress, Workspace } from '../kit/workspace.ts'
import { analyseAhead } from './analyse-ahead.ts'
import { forgetLostTracks } from './forget-tracks.ts'
import { type ScanOptions, type ScanReport, scanRoot } from './scan-root.ts'

export type LibraryScan = AnalysisReport & {
  readonly roots: readonly Omit<ScanReport, 'failures'>[]
  /** Tracks that went with their files, since nobody had worked on them. */
  readonly tracksForgotten: number
}

/** Folders of a root, relative to it; '' is all of it. */
export type ScanPlace = { readonly rootId: number; readonly folders: readonly string[] }

export type LibraryScanOptions = JobOptions & {
  readonly analyse?: boolean
  readonly newGrids?: boolean
  /** Looks only at these folders, and analyses only what is in them. @default everything */
  readonly places?: readonly ScanPlace[] | undefined
}

const NOTHING: AnalysisReport = { analysed: 0, unread: 0, upToDate: 0, unreachable: 0, leftAlone: 0, failures: [] }

/** Looks at every root, then analyses what is new or out of date; the first new tracks are analysed meanwhile. */
export const scanLibrary = async (workspace: Workspace, options: LibraryScanOptions = {}): Promise<LibraryScan> => {
  const { analyse: wantsAnalysis = true, places } = options
  const ahead = analyseAhead(workspace, options)
  const reports: ScanReport[] = []
  const seen = new Set<number>()
  const onTrack: ScanOptions['onTrack'] = ({ trackId, isNew }) => {
    seen.add(trackId)
    if (isNew && wantsAnalysis) ahead.add(trackId)
  }
  try {
    for (const root of workspace.store.roots.list()) {
      const place = places?.find(({ rootId }) => rootId === root.id)
      if (places && !place) continue
      reports.push(await scanRoot(workspace, root, { ...options, within: place?.folders, onTrack }))
    }
  } catch (error) {
    // What is under way is over before the scan is.
    await ahead.end().catch(() => {})
    throw error
  }
  const early = await ahead.end()
  // Only now: a file that vanished from one folder may have been found in another.
  const tracksForgotten = await forgetLostTracks(workspace.store)
  if (tracksForgotten > 0) workspace.emit({ type: 'roots' })
  const rest = { ...options, ...(places ? { only: seen } : {}), except: early.tracks }
  const analysis = wantsAnalysis ? await analyseRest(workspace, rest) : NOTHING
  return {
    analysed: early.analysed + analysis.analysed,
    unread: early.unread + analysis.unread,
    upToDate: early.upToDate + analysis.upToDate,
    unreachable: early.unreachable + analysis.unreachable,
    leftAlone: early.leftAlone + analysis.leftAlone,
    tracksForgotten,
    roots: reports.map(({ failures: _, ...report }) => report),
    failures: [...reports.flatMap((report) => report.failures), ...early.failures, ...analysis.failures],
  }
}

/** Progress counts what was analysed meanwhile. */
const analyseRest = (
  workspace: Workspace,
  options: AnalyseOptions & { readonly except: ReadonlySet<number> },
): Promise<AnalysisReport> => {
  const { size } = options.except
  const onProgress = (progress: JobProgress): void =>
    options.onProgress?.({ ...progress, done: progress.done + size, total: progress.total + size })
  return analyseTracks(workspace, { ...options, onProgress })
}
