import { once } from 'node:events'
import type { Command } from 'commander'
import openBrowser from 'open'
import { parseNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

type Options = { readonly port: number; readonly host: string; readonly open: boolean; readonly newToken?: boolean }

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
    .option('--new-token', 'make another token, so that whoever has the old one is out')
    .option('--no-open', 'open no browser (none is opened either where no person sits at a terminal)')
    .action(
      cli.run(async (terminal, { port, host, open, newToken = false }: Options) =>
        cli.withApp(async (app) => {
          const { startServer } = await import('../../api/start-server.ts')
          const { pageAddress } = await import('../../api/guard.ts')
          const server = await startServer(app, {
            host,
            port,
            newToken,
            report: (bug) => terminal.note(bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)),
          })
          const { address, addresses, token } = server
          terminal.result({ address, addresses, token }, () => [
            ...addresses.map((one) => `Algiers serves ${pageAddress(one, token)}`),
            ...(token === null ? [] : ['Open to the network: these addresses let everyone in who has one of them.']),
          ])
          if (open && terminal.interactive && !process.env.CI) await openBrowser(pageAddress(address, token))
          if (!terminal.signal.aborted) await once(terminal.signal, 'abort')
          await server.close()
        }),
      ),
    )
