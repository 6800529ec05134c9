import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { App } from '../app.ts'
import { packageManifest } from '../engine/kit/package-manifest.ts'
import { accessToken } from '../platform/store/access-token.ts'
import { isLoopback, isWildcard, urlHost } from './guard.ts'
import { createServer } from './server.ts'

export type RunningServer = {
  /** Where to open it on this machine. */
  readonly address: string
  /** Everywhere it can be opened, `address` among them. */
  readonly addresses: readonly string[]
  /** Asked for where the server is open to the network; null on loopback. */
  readonly token: string | null
  /** Of this server alone. */
  readonly instance: string
  readonly close: () => Promise<void>
}

const BACKUP_LOOK_MS = 3600_000

type StartOptions = {
  /** @default '127.0.0.1' */
  readonly host?: string
  /** 0: any that is free. */
  readonly port: number
  /** Makes another token, so that whoever has the old one is out. */
  readonly newToken?: boolean
  readonly report: (bug: unknown) => void
}

/** What can be typed into a browser: link-local IPv6 addresses cannot, and 0.0.0.0 leads nowhere on other machines. */
const hostsOf = (host: string): readonly string[] => {
  if (!isWildcard(host)) return [host]
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const reachable = own.filter(
    ({ internal, family, address }) =>
      !internal && (family === 'IPv4' || (host === '::' && !address.toLowerCase().startsWith('fe80'))),
  )
  return ['127.0.0.1', ...reachable.map(({ address }) => address)]
}

/**
 * Listens, then lets the jobs run that wait from before.
 * @throws TOKEN_UNAVAILABLE, and the error of the operating system when the port is taken
 */
export const startServer = async (
  app: App,
  { host = '127.0.0.1', port, newToken = false, report: tell }: StartOptions,
): Promise<RunningServer> => {
  const { log } = app.upkeep
  const report = (bug: unknown): void => {
    void log.noteError(bug)
    tell(bug)
  }
  const token = isLoopback(host) ? null : accessToken(app.dataDir, { renew: newToken })
  const instance = randomUUID()
  let bound = port
  const server = await createServer(app, { host, token, instance, report, port: () => bound })
  await server.listen({ host, port })
  bound = (server.server.address() as AddressInfo).port
  const { stop } = await app.events.follow(null, ({ event }) => {
    if (event.type === 'job' && event.job.status === 'failed') void log.noteFailedJob(event.job)
  })
  try {
    await app.jobs.resume()
    await app.collection.watch()
  } catch (error) {
    stop()
    // Nobody may be answered by a server whose library is about to be closed.
    await server.close()
    throw error
  }
  await log.note(`Algiers ${packageManifest.version} serves on port ${bound} with Node ${process.version}`)
  const backUp = (): void => void app.upkeep.backups.makeDaily().catch(report)
  backUp()
  // Who lets it run for weeks is asked more often than once a day: of one day there is one copy.
  const daily = setInterval(backUp, BACKUP_LOOK_MS).unref()
  const close = async (): Promise<void> => {
    clearInterval(daily)
    stop()
    await log.note('Algiers stops serving')
    await server.close()
  }
  const addresses = hostsOf(host).map((name) => `http://${urlHost(name)}:${bound}`)
  return { address: addresses[0]!, addresses, token, instance, close }
}
