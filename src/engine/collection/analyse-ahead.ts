import { type AnalysisReport, analyseTracks } from '../analysis/analyse-tracks.ts'
import type { Workspace } from '../kit/workspace.ts'

type AnalysedAhead = AnalysisReport & { readonly tracks: ReadonlySet<number> }

type Ahead = {
  /** Puts a track that was just found at the end of the line. */
  readonly add: (trackId: number) => void
  /** Begins no further track. @returns what was done, once the track under way is through */
  readonly end: () => Promise<AnalysedAhead>
}

/**
 * Analyses new tracks one after the other while a scan still reads other files, so that the first have sections long
 * before the last file of a large library is read.
 */
export const analyseAhead = (workspace: Workspace, { signal }: { readonly signal?: AbortSignal }): Ahead => {
  const waiting: number[] = []
  const tracks = new Set<number>()
  const reports: AnalysisReport[] = []
  let isEnding = false
  let running: Promise<void> | null = null
  const goOn = async (): Promise<void> => {
    while (waiting.length > 0 && !isEnding && signal?.aborted !== true) {
      const trackId = waiting.shift()!
      reports.push(await analyseTracks(workspace, { only: new Set([trackId]), ...(signal ? { signal } : {}) }))
      tracks.add(trackId)
    }
    running = null
  }
  const sum = (field: 'analysed' | 'unread' | 'upToDate' | 'unreachable' | 'leftAlone'): number =>
    reports.reduce((total, report) => total + report[field], 0)
  return {
    add: (trackId) => {
      waiting.push(trackId)
      running ??= goOn()
      // Whoever ends it is told; until then this rejection must not end the process.
      running.catch(() => {})
    },
    end: async () => {
      isEnding = true
      await running
      return {
        tracks,
        analysed: sum('analysed'),
        unread: sum('unread'),
        upToDate: sum('upToDate'),
        unreachable: sum('unreachable'),
        leftAlone: sum('leftAlone'),
        failures: reports.flatMap(({ failures }) => failures),
      }
    },
  }
}
