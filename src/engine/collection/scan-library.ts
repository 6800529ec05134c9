import type { AnalysisReport } from '../analysis/analyse-tracks.ts'
import { analyseTracks } from '../analysis/analyse-tracks.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { type ScanReport, scanRoot } from './scan-root.ts'

export type LibraryScan = AnalysisReport & { readonly roots: readonly Omit<ScanReport, 'failures'>[] }

export type LibraryScanOptions = JobOptions & { readonly analyse?: boolean; readonly newGrids?: boolean }

/** Looks at every root, then analyses what is new or out of date. */
export const scanLibrary = async (workspace: Workspace, options: LibraryScanOptions = {}): Promise<LibraryScan> => {
  const reports: ScanReport[] = []
  for (const root of workspace.store.roots.list()) reports.push(await scanRoot(workspace, root, options))
  const nothing: AnalysisReport = { analysed: 0, upToDate: 0, unreachable: 0, failures: [] }
  const analysis = options.analyse === false ? nothing : await analyseTracks(workspace, options)
  return {
    ...analysis,
    roots: reports.map(({ failures: _, ...report }) => report),
    failures: [...reports.flatMap((report) => report.failures), ...analysis.failures],
  }
}
