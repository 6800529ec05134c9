import type { Command } from 'commander'
import type { ErrorReport } from '../../core/support/user-error.ts'
import { askServer } from '../ask-server.ts'
import { beginServer } from '../begin-server.ts'
import type { Cli, ExitCode } from '../cli.ts'
import { printable } from '../printable.ts'
import type { Terminal } from '../terminal.ts'

type Came = { readonly came: boolean }

/** A failed start is shown in a window, since whoever double-clicked sees no terminal. */
const showFailure = (cli: Cli, terminal: Terminal, error: ErrorReport): Promise<ExitCode> =>
  cli.withTools<ExitCode>(async ({ desktop, backups }) => {
    const { serveFailure } = await import('../failure-server.ts')
    const { rescueWith } = await import('../rescue-copies.ts')
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
    .action(
      cli.run(async (terminal) => {
        const begun = await beginServer(cli)
        if ('error' in begun) return showFailure(cli, terminal, begun.error)
        const { pageAddress } = await import('../../api/guard.ts')
        const page = pageAddress(begun.address, begun.token)
        const inFront = begun.isNew ? null : await askServer<Came>(begun, '/api/front', { method: 'POST' })
        const opened = inFront?.came ? 'front' : await cli.withTools(({ desktop }) => desktop.openWindow(page))
        terminal.result({ address: begun.address, opened }, () => [
          opened === null ? `Algiers runs at ${page}. There is no screen to open it on.` : `Algiers is open at ${page}`,
        ])
        return 0
      }),
    )
