import { type AnalysisReport, analyseTracks } from '../analysis/analyse-tracks.ts'
import type { JobOptions, JobProgress, Workspace } from '../kit/workspace.ts'
import { analyseAhead } from './analyse-ahead.ts'
import { type ScanReport, scanRoot } from './scan-root.ts'

export type LibraryScan = AnalysisReport & { readonly roots: readonly Omit<ScanReport, 'failures'>[] }

export type LibraryScanOptions = JobOptions & { readonly analyse?: boolean; readonly newGrids?: boolean }

const NOTHING: AnalysisReport = { analysed: 0, upToDate: 0, unreachable: 0, failures: [] }

/** Looks at every root, then analyses what is new or out of date; the first new tracks are analysed meanwhile. */
export const scanLibrary = async (workspace: Workspace, options: LibraryScanOptions = {}): Promise<LibraryScan> => {
  const wantsAnalysis = options.analyse !== false
  const ahead = analyseAhead(workspace, options)
  const reports: ScanReport[] = []
  try {
    for (const root of workspace.store.roots.list())
      reports.push(await scanRoot(workspace, root, { ...options, ...(wantsAnalysis ? { onNew: ahead.add } : {}) }))
  } catch (error) {
    // What is under way is over before the scan is.
    await ahead.end().catch(() => {})
    throw error
  }
  const early = await ahead.end()
  const analysis = wantsAnalysis ? await analyseRest(workspace, options, early.tracks) : NOTHING
  return {
    analysed: early.analysed + analysis.analysed,
    upToDate: early.upToDate + analysis.upToDate,
    unreachable: early.unreachable + analysis.unreachable,
    roots: reports.map(({ failures: _, ...report }) => report),
    failures: [...reports.flatMap((report) => report.failures), ...early.failures, ...analysis.failures],
  }
}

/** Progress counts what was analysed meanwhile. */
const analyseRest = (
  workspace: Workspace,
  options: LibraryScanOptions,
  except: ReadonlySet<number>,
): Promise<AnalysisReport> => {
  const { size } = except
  const onProgress = (progress: JobProgress): void =>
    options.onProgress?.({ ...progress, done: progress.done + size, total: progress.total + size })
  return analyseTracks(workspace, { ...options, except, onProgress })
}
