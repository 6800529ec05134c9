import { once } from 'node:events'
import { type Command, InvalidArgumentError, Option } from 'commander'
import openBrowser from 'open'
import type { RunningServer } from '../../api/start-server.ts'
import type { App } from '../../app.ts'
import { UserError } from '../../core/support/user-error.ts'
import { parseNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { reportUpdate } from '../library-update.ts'
import type { Terminal } from '../terminal.ts'

type Options = {
  readonly port?: number
  readonly host: string
  readonly open: boolean
  readonly newToken?: boolean
  readonly catalogue?: string
  readonly address?: string
  readonly background?: boolean
}

const USUAL_PORT = 4747
const HIGHEST_PORT = 65_535
const parsePort = (text: string): number =>
  parseNumber(text, (port) => Number.isInteger(port) && port >= 0 && port <= HIGHEST_PORT, `0 to ${HIGHEST_PORT}`)

const parseAddress = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('It must begin with https:// or http://.')
  return url.origin
}

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE'

const portTaken = (port: number): UserError =>
  new UserError('PORT_IN_USE', `Something else is listening on port ${port}.`)

/** Takes the usual port, or any free one where that is in use. A port that was asked for is taken or refused. */
const start = async (
  app: App,
  terminal: Terminal,
  { port, host, newToken = false, background = false }: Options,
): Promise<RunningServer> => {
  const { startServer } = await import('../../api/start-server.ts')
  const report = (bug: unknown): void => {
    // In the background nobody reads it but in the log, which has it already.
    if (!background) terminal.note(bug instanceof Error ? (bug.stack ?? bug.message) : String(bug))
  }
  try {
    return await startServer(app, { host, port: port ?? USUAL_PORT, newToken, report })
  } catch (error) {
    if (!isTaken(error)) throw error
    if (port !== undefined) throw portTaken(port)
    return startServer(app, { host, port: 0, report })
  }
}

type Serving = {
  readonly options: Options
  /** Tells where it is served. */
  readonly announce?: (server: RunningServer) => Promise<void>
}

/**
 * Serves until the end, or until the library asks to be opened anew.
 * @returns the port to go on with then, null at the end, or that the library is to be deleted
 */
const serveOnce = (cli: Cli, terminal: Terminal, { options, announce }: Serving): Promise<number | 'erase' | null> => {
  const serveApp = async (app: App): Promise<number | 'erase' | null> => {
    const server = await start(app, terminal, options)
    const { library } = await app.upkeep.health()
    if (library.warning !== null) terminal.note(library.warning)
    const { announceServer } = await import('../../api/running-server.ts')
    const withdraw = announceServer(app.dataDir, server)
    await announce?.(server)
    const ended = AbortSignal.any([terminal.signal, app.session.renewal, app.session.quitting])
    if (!ended.aborted) await once(ended, 'abort')
    withdraw()
    await server.close()
    if (await app.session.isErasing()) return 'erase'
    return terminal.signal.aborted || app.session.quitting.aborted ? null : Number(new URL(server.address).port)
  }
  return cli.withApp(serveApp, options.background ? { onUpdate: reportUpdate } : {})
}

/** Serves a catalogue until the end; each answer is a line of JSON on stderr. */
const serveCatalogue = async (
  terminal: Terminal,
  { catalogue, host, port = USUAL_PORT, address }: Options,
): Promise<void> => {
  const [{ openCatalogue }, { startCatalogueServer }] = await Promise.all([
    import('../../catalogue.ts'),
    import('../../api/start-catalogue-server.ts'),
  ])
  const tell = (line: object): void => terminal.note(JSON.stringify({ at: new Date().toISOString(), ...line }))
  const report = (bug: unknown): void => tell({ level: 'error', bug: bug instanceof Error ? bug.stack : String(bug) })
  const log = (answer: object): void => tell({ level: 'info', ...answer })
  const opened = await openCatalogue(catalogue!)
  try {
    const server = await startCatalogueServer(opened, { host, port, offeredAt: address ?? null, report, log }).catch(
      (error: unknown) => {
        throw isTaken(error) ? portTaken(port) : error
      },
    )
    terminal.result({ address: server.address }, () => [`Algiers serves the catalogue at ${server.address}`])
    if (!terminal.signal.aborted) await once(terminal.signal, 'abort')
    await server.close()
  } finally {
    await opened.app.close()
  }
}

export const serve = (cli: Cli): Command =>
  cli
    .command({
      name: 'serve',
      description:
        'Open the page, and serve the library over HTTP on this machine until Ctrl-C. GET /api/openapi.json describes the API.',
      examples: ['algiers serve', 'algiers serve --port 0'],
    })
    .option(
      '--port <number>',
      `port to listen on (default: ${USUAL_PORT}, or a free one); 0 takes a free one`,
      parsePort,
    )
    .option('--host <address>', 'address to listen on; other machines then need a token', '127.0.0.1')
    .option('--new-token', 'make a new token, so that the old one stops working')
    .addOption(
      new Option('--catalogue <url>', 'serve a catalogue, postgres://…, to its users').env('ALGIERS_CATALOGUE'),
    )
    .option('--address <url>', 'where a proxy offers the catalogue, such as https://music.example', parseAddress)
    .option('--no-open', 'do not open a browser (none is opened outside a terminal anyway)')
    .addOption(new Option('--background', 'started without a terminal').hideHelp())
    .action(
      cli.run(async (terminal, options: Options) => {
        if (options.catalogue !== undefined) return serveCatalogue(terminal, options)
        const open = async (address: string): Promise<void> => {
          if (options.open && terminal.interactive && !process.env.CI) await openBrowser(address)
        }
        const { pageAddress } = await import('../../api/guard.ts')
        const announce = async ({ address, addresses, token }: RunningServer): Promise<void> => {
          terminal.result({ address, addresses, token }, () => [
            ...addresses.map((one) => `Algiers serves ${pageAddress(one, token)}`),
            ...(token === null ? [] : ['Open to the network: anyone with one of these addresses can get in.']),
          ])
          await open(pageAddress(address, token))
        }
        try {
          let again = await serveOnce(cli, terminal, { options, announce })
          // The address stays the same, so that an open page finds the library again by itself.
          while (typeof again === 'number')
            again = await serveOnce(cli, terminal, { options: { ...options, port: again, newToken: false } })
          if (again === 'erase') await cli.withTools((tools) => tools.eraseLibrary())
        } catch (error) {
          if (!(error instanceof UserError) || error.code !== 'ALREADY_RUNNING') throw error
          const { findRunningServer, SURELY_WITHIN_MS } = await import('../../api/running-server.ts')
          const running = await findRunningServer(cli.dataDir, SURELY_WITHIN_MS)
          if (running === null) throw error
          const page = pageAddress(running.address, running.token)
          terminal.result({ ...running, addresses: [running.address] }, () => [`Algiers is already running at ${page}`])
          await open(page)
        }
      }),
    )
