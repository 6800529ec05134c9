import { once } from 'node:events'
import type { Command } from 'commander'
import openBrowser from 'open'
import { parseNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

type Options = { readonly port: number; readonly host: string; readonly open: boolean }

const DEFAULT_PORT = 4747
const HIGHEST_PORT = 65_535
const parsePort = (text: string): number =>
  parseNumber(text, (port) => Number.isInteger(port) && port >= 0 && port <= HIGHEST_PORT, `0 to ${HIGHEST_PORT}`)

export const serve = (cli: Cli): Command =>
  cli
    .command({
      name: 'serve',
      description:
        'Open the page, and serve the library over HTTP on this machine until Ctrl-C. The API: GET /api/openapi.json.',
      examples: ['algiers serve', 'algiers serve --port 0'],
    })
    .option('--port <number>', 'port to listen on; 0 takes a free one', parsePort, DEFAULT_PORT)
    .option('--host <address>', 'address to listen on; beyond this machine a token is asked for', '127.0.0.1')
    .option('--no-open', 'open no browser (none is opened either where no person sits at a terminal)')
    .action(
      cli.run(async (terminal, { port, host, open }: Options) =>
        cli.withApp(async (app) => {
          const { startServer } = await import('../../api/start-server.ts')
          const server = await startServer(app, {
            host,
            port,
            report: (bug) => terminal.note(bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)),
          })
          const { address, token } = server
          terminal.result({ address, token }, () => [
            `Algiers serves ${address}`,
            ...(token === null ? [] : [`Open to the network; its token is ${token}`]),
          ])
          if (open && terminal.interactive && !process.env.CI) await openBrowser(address)
          if (!terminal.signal.aborted) await once(terminal.signal, 'abort')
          await server.close()
        }),
      ),
    )
