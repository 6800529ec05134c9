import type { OpenedIn } from '../../platform/desktop/open-window.ts'

/** What a start without a terminal needs of the machine. */
export type DesktopActions = {
  /** Opens an address in a window. @param isOwnProfile false where the disk may not take the profile of a browser */
  readonly openWindow: (address: string, options?: { readonly isOwnProfile?: boolean }) => Promise<OpenedIn>
  /** Lends the log as a file for the errors of a process; null where it cannot be written. */
  readonly withLog: <Result>(use: (descriptor: number | null) => Promise<Result>) => Promise<Result>
}

export const desktopActions = (dataDir: string): DesktopActions => ({
  openWindow: async (address, options) =>
    (await import('../../platform/desktop/open-window.ts')).openWindow(address, options),
  withLog: async (use) => {
    const { LogFile } = await import('../../platform/store/log-file.ts')
    const file = await new LogFile(dataDir).forProcess()
    try {
      return await use(file?.fd ?? null)
    } finally {
      await file?.close()
    }
  },
})
