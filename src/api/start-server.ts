import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { App } from '../app.ts'
import { isLoopback, urlHost } from './guard.ts'
import { createServer } from './server.ts'

export type RunningServer = {
  /** Where to open it. */
  readonly address: string
  /** Asked for where the server is open to the network; null on loopback. */
  readonly token: string | null
  readonly close: () => Promise<void>
}

type StartOptions = {
  /** @default '127.0.0.1' */
  readonly host?: string
  /** 0: any that is free. */
  readonly port: number
  readonly report: (bug: unknown) => void
}

const TOKEN_BYTES = 32

/** Listens, then lets the jobs run that wait from before. @throws the error of the operating system when the port is taken */
export const startServer = async (
  app: App,
  { host = '127.0.0.1', port, report }: StartOptions,
): Promise<RunningServer> => {
  const token = isLoopback(host) ? null : randomBytes(TOKEN_BYTES).toString('base64url')
  let bound = port
  const server = await createServer(app, { host, token, report, port: () => bound })
  await server.listen({ host, port })
  bound = (server.server.address() as AddressInfo).port
  app.jobs.resume()
  return { address: `http://${urlHost(host)}:${bound}`, token, close: () => server.close() }
}
