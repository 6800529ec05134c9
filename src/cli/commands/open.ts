import type { Command } from 'commander'
import type { ErrorReport } from '../../core/support/user-error.ts'
import type { OpenedIn } from '../../platform/desktop/open-window.ts'
import { askServer, type Served } from '../ask-server.ts'
import { type BegunServer, beginServer } from '../begin-server.ts'
import type { Cli, ExitCode } from '../cli.ts'
import { offerFiles } from '../offer-files.ts'
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

/** What is already open comes to the front, where the browser lets it; an offer has a window of its own. */
const show = async (cli: Cli, begun: BegunServer, pages: readonly string[]): Promise<OpenedIn | 'front'> => {
  if (!begun.isNew && pages.length === 1 && !pages[0]!.includes('offer=')) {
    const answer = await askServer(begun, '/api/front', { method: 'POST' })
    if (((await answer?.json()) as Came | undefined)?.came) return 'front'
  }
  return cli.withTools(async ({ desktop }) => {
    let opened: OpenedIn = null
    for (const page of pages) opened = await desktop.openWindow(page)
    return opened
  })
}

export const open = (cli: Cli): Command =>
  cli
    .command({
      name: 'open',
      description:
        'Open Algiers in a window, and go on in the background. Where it runs already, its window comes to the front.',
      examples: ['algiers open', 'algiers open dj_section_v2.algiers-model'],
    })
    .argument('[files...]', 'model bundles, whose import the page then offers')
    .option('--at-login', 'as when you log in: open a window only where the settings say so')
    .action(
      cli.run(async (terminal, { atLogin = false }: Options, files: readonly string[]) => {
        const begun = await beginServer(cli)
        if ('error' in begun) return showFailure(cli, terminal, begun.error)
        if (atLogin && !(await opensAtStart(begun))) {
          terminal.result({ address: begun.address, opened: null }, () => ['Algiers works in the background.'])
          return 0
        }
        const { pageAddress } = await import('../../api/guard.ts')
        const page = pageAddress(begun.address, begun.token)
        const offers = (await offerFiles(begun, files)).map((path) => begun.address + path)
        const opened = await show(cli, begun, offers.length === 0 || begun.token !== null ? [page, ...offers] : offers)
        terminal.result({ address: begun.address, opened }, () => [
          opened === null ? `Algiers runs at ${page}. There is no screen to open it on.` : `Algiers is open at ${page}`,
        ])
        return 0
      }),
    )
