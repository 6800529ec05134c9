import { type ErrorReport, errorText } from '../../core/support/user-error.ts'
import type { OpenedIn } from '../../platform/desktop/open-window.ts'
import type { LogFile } from '../../platform/store/log-file.ts'

/** What a start without a terminal needs of the machine. */
export type DesktopActions = {
  /** Opens an address in a window. @param isOwnProfile false where the disk may not take the profile of a browser */
  readonly openWindow: (address: string, options?: { readonly isOwnProfile?: boolean }) => Promise<OpenedIn>
  /** Notes in the log why Algiers could not start. */
  readonly noteFailure: (failure: ErrorReport) => Promise<void>
  /** What can be told where the library does not open. @param withNames whether titles and paths may be in it */
  readonly report: (failure: ErrorReport, withNames: boolean) => Promise<string>
  /** The end of the log. */
  readonly readLog: () => Promise<string>
  /** Lends the log as a file for the errors of a process; null where it cannot be written. */
  readonly withLog: <Result>(use: (descriptor: number | null) => Promise<Result>) => Promise<Result>
}

const logAt = async (dataDir: string): Promise<LogFile> =>
  new (await import('../../platform/store/log-file.ts')).LogFile(dataDir)

export const desktopActions = (dataDir: string): DesktopActions => ({
  openWindow: async (address, options) =>
    (await import('../../platform/desktop/open-window.ts')).openWindow(address, options),
  noteFailure: async ({ code, ...failure }) => (await logAt(dataDir)).append(errorText(failure), code),
  report: async (problem, withNames) => {
    const { writeReport } = await import('./report.ts')
    return writeReport({ problem }, await logAt(dataDir), { withNames, at: new Date().toISOString() })
  },
  readLog: async () => (await logAt(dataDir)).readEnd(),
  withLog: async (use) => {
    const file = await (await logAt(dataDir)).forProcess()
    try {
      return await use(file?.fd ?? null)
    } finally {
      await file?.close()
    }
  },
})
