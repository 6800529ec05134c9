import type { Command } from 'commander'
import type { ErrorReport } from '../../core/support/user-error.ts'
import { askServer, type Served } from '../ask-server.ts'
import { beginServer } from '../begin-server.ts'
import type { Cli, ExitCode } from '../cli.ts'
import { printable } from '../printable.ts'
import type { Terminal } from '../terminal.ts'

type Options = { readonly atLogin?: boolean }
type Came = { readonly came: boolean }

const opensAtStart = async (running: Served): Promise<boolean> => {
  const settings = (await (await askServer(running, '/api/settings'))?.json()) as { readonly open_at_start?: boolean }
  return settings?.open_at_start ?? true
}

/** A failed start is shown in a window, since whoever double-clicked sees no terminal. */
const showFailure = (cli: Cli, terminal: Terminal, error: ErrorReport): Promise<ExitCode> =>
  cli.withTools<ExitCode>(async ({ desktop, backups }) => {
    const { serveFailure } = await import('../failure-server.ts')
    const { rescueWith } = await import('../rescue-copies.ts')
    await desktop.noteFailure(error)
    const begin = async () => beginServer(cli)
    const { address, ended } = await serveFailure(error, { dataDir: cli.dataDir, begin, ...rescueWith(backups) })
    terminal.result({ error }, () => [])
    terminal.note(`${error.title}: ${printable(error.detail)}\n  ${error.hint}`)
    // A profile may be what the disk does not take.
    if ((await desktop.openWindow(address, { isOwnProfile: false })) !== null) await ended
    return 1
  })

export const open = (cli: Cli): Command =>
  cli
    .command({
      name: 'open',
      description:
        'Open Algiers in a window, and go on in the background. Where it runs already, its window comes to the front.',
      examples: ['algiers open'],
    })
    .option('--at-login', 'as when you log in: open a window only where the settings say so')
    .action(
      cli.run(async (terminal, { atLogin = false }: Options) => {
        const begun = await beginServer(cli)
        if ('error' in begun) return showFailure(cli, terminal, begun.error)
        if (atLogin && !(await opensAtStart(begun))) {
          terminal.result({ address: begun.address, opened: null }, () => ['Algiers works in the background.'])
          return 0
        }
        const { pageAddress } = await import('../../api/guard.ts')
        const page = pageAddress(begun.address, begun.token)
        const inFront = begun.isNew ? null : await askServer(begun, '/api/front', { method: 'POST' })
        const hasCome = ((await inFront?.json()) as Came | undefined)?.came ?? false
        const opened = hasCome ? 'front' : await cli.withTools(({ desktop }) => desktop.openWindow(page))
        terminal.result({ address: begun.address, opened }, () => [
          opened === null ? `Algiers runs at ${page}. There is no screen to open it on.` : `Algiers is open at ${page}`,
        ])
        return 0
      }),
    )
