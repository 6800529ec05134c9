import type { Command } from 'commander'
import { storageError } from '../../core/support/storage-error.ts'
import { type ErrorReport, toErrorReport } from '../../core/support/user-error.ts'
import type { OpenedIn } from '../../platform/desktop/open-window.ts'
import { askServer, type Served } from '../ask-server.ts'
import { type BegunServer, beginServer } from '../begin-server.ts'
import type { Cli, ExitCode } from '../cli.ts'
import { offerFiles } from '../offer-files.ts'
import { printable } from '../printable.ts'
import type { Terminal } from '../terminal.ts'
import { type UpdateWindow, updateWindow } from '../update-window.ts'

type Options = { readonly atLogin?: boolean }
type Came = { readonly came: boolean }

const opensAtStart = async (running: Served): Promise<boolean> => {
  const settings = (await (await askServer(running, '/api/settings'))?.json()) as { readonly open_at_start?: boolean }
  return settings?.open_at_start ?? true
}

/** A failed start is shown in a window, since whoever double-clicked sees no terminal. */
const showFailure = (cli: Cli, terminal: Terminal, { error, update }: Failed): Promise<ExitCode> =>
  cli.withTools<ExitCode>(async ({ desktop, backups }) => {
    const { serveFailure } = await import('../failure-server.ts')
    const { rescueWith } = await import('../rescue-copies.ts')
    await desktop.noteFailure(error)
    const begin = async () => beginServer(cli).catch(asFailure)
    const told = { dataDir: cli.dataDir, report: desktop.report, log: desktop.readLog }
    const { address, end, ended } = await serveFailure(error, { ...told, begin, ...rescueWith(backups) })
    terminal.result({ error }, () => [])
    terminal.note(`${error.title}: ${printable(error.detail)}\n  ${error.hint}`)
    const led = await update.leadTo(address)
    // A profile may be what the disk does not take.
    const opened = led?.opened ?? (await desktop.openWindow(address, { isOwnProfile: false }))
    await led?.left
    // Nobody can look at it.
    if (opened === null) end()
    await ended
    return 1
  })

/** What goes wrong before there is a server is shown like what goes wrong in it. */
const asFailure = (error: unknown): { readonly error: ErrorReport } => ({ error: toErrorReport(storageError(error)) })

type Failed = { readonly error: ErrorReport; readonly update: UpdateWindow }
type Shown = { readonly opened: OpenedIn | 'front'; readonly left?: Promise<void> }

/** What is already open comes to the front, where the browser lets it; an offer has a window of its own. */
const show = async (
  cli: Cli,
  { begun, update }: { readonly begun: BegunServer; readonly update: UpdateWindow },
  pages: readonly string[],
): Promise<Shown> => {
  const led = await update.leadTo(pages[0]!)
  if (!begun.isNew && pages.length === 1 && !pages[0]!.includes('offer=')) {
    const answer = await askServer(begun, '/api/front', { method: 'POST' })
    if (((await answer?.json()) as Came | undefined)?.came) return { opened: 'front' }
  }
  return cli.withTools(async ({ desktop }) => {
    let opened: OpenedIn = led?.opened ?? null
    for (const page of opened === null ? pages : pages.slice(1)) opened = await desktop.openWindow(page)
    return { opened, ...led }
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
        const update = updateWindow(cli, atLogin)
        const begun = await beginServer(cli, update).catch(asFailure)
        if ('error' in begun) return showFailure(cli, terminal, { error: begun.error, update })
        if (atLogin && !(await opensAtStart(begun))) {
          await update.leadTo(begun.address)
          terminal.result({ address: begun.address, opened: null }, () => ['Algiers works in the background.'])
          return 0
        }
        // Whoever opens a version by hand means that one from then on. What cannot be written keeps nobody from the page.
        if (!atLogin) await cli.withTools(({ login }) => login.keepUp()).catch(() => {})
        const { pageAddress } = await import('../../api/guard.ts')
        const page = pageAddress(begun.address, begun.token)
        const offers = await offerFiles(begun, files)
        const pages = offers.map((offer) => pageAddress(begun.address, begun.token, offer))
        if (pages.length === 0) pages.push(page)
        const { opened, left } = await show(cli, { begun, update }, pages)
        terminal.result({ address: begun.address, opened }, () => [
          opened === null
            ? `Algiers runs at ${page}. There is no browser or no screen to open it on.`
            : `Algiers is open at ${page}`,
        ])
        await left
        return 0
      }),
    )
