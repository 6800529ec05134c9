import type { OpenedIn } from '../platform/desktop/open-window.ts'
import type { LibraryUpdate } from '../platform/store/database.ts'
import type { UpdateWatch } from './begin-server.ts'
import type { Cli } from './cli.ts'
import type { UpdateServer } from './update-server.ts'

export type UpdateWindow = UpdateWatch & {
  /** Sends the window there, if one was opened. @returns what it was opened in, and when it has gone there; null where none was */
  readonly leadTo: (address: string) => Promise<{ readonly opened: OpenedIn; readonly left: Promise<void> } | null>
}

/**
 * A window that is opened only where the library is brought up to date first, which may take minutes.
 * @param isSilent whether this start opens none of its own; others are still told of it
 */
export const updateWindow = (
  { dataDir, withTools }: Pick<Cli, 'dataDir' | 'withTools'>,
  isSilent: boolean,
): UpdateWindow => {
  const openWindow = (address: string): Promise<OpenedIn> => withTools(({ desktop }) => desktop.openWindow(address))
  let serving: Promise<UpdateServer> | null = null
  let opening: Promise<OpenedIn> = Promise.resolve(null)
  let withdraw = (): void => {}
  const serve = async (update: LibraryUpdate): Promise<UpdateServer> => {
    const [{ serveUpdate }, { announceUpdate }] = await Promise.all([
      import('./update-server.ts'),
      import('../api/running-server.ts'),
    ])
    const server = await serveUpdate(update)
    try {
      withdraw = announceUpdate(dataDir, server.address)
    } catch {
      // A disk that is full or closed will be told by the update itself.
    }
    return server
  }
  const open = async (begun: Promise<UpdateServer>): Promise<OpenedIn> => {
    const server = await begun
    const opened = isSilent ? null : await openWindow(server.address)
    if (opened === null) server.noWindow()
    return opened
  }
  return {
    onUpdate: (update) => {
      if (serving !== null) return void serving.then((server) => server.show(update)).catch(() => {})
      serving = serve(update)
      opening = open(serving)
      // Whoever leads the window on is told; the update goes on without one.
      for (const trying of [serving, opening]) trying.catch(() => {})
    },
    onOtherUpdate: async (page) => {
      if (isSilent) return
      await fetch(page, { method: 'POST' })
      await openWindow(page)
    },
    leadTo: async (address) => {
      if (serving === null) return null
      const [server, opened] = await Promise.all([serving, opening])
      withdraw()
      return { opened, left: server.leadTo(address) }
    },
  }
}
