import { storageError } from '../../core/support/storage-error.ts'
import { errorText, toErrorReport } from '../../core/support/user-error.ts'
import type { LogFile } from '../../platform/store/log-file.ts'
import type { Job } from '../kit/job.ts'

/** What the program tells of itself. */
export type LogActions = {
  readonly note: (text: string) => Promise<void>
  /** Notes what went wrong, with the place in the program where it is a fault of that. */
  readonly noteError: (error: unknown) => Promise<void>
  readonly noteFailedJob: (job: Pick<Job, 'jobId' | 'kind' | 'error'>) => Promise<void>
  /** Where it lies, and the end of it. */
  readonly show: () => Promise<{ readonly path: string; readonly text: string }>
}

export const logActions = (log: LogFile): LogActions => ({
  note: async (text) => log.append(text),
  noteError: async (error) => {
    const { code, title, detail } = toErrorReport(storageError(error))
    const told = code === 'INTERNAL' && error instanceof Error ? (error.stack ?? error.message) : `${title}: ${detail}`
    log.append(told, code)
  },
  noteFailedJob: async ({ jobId, kind, error }) => {
    if (error !== null) log.append(`${jobId} (${kind}) failed. ${errorText(error)}`, error.code)
  },
  show: async () => ({ path: log.path, text: log.readEnd() }),
})
