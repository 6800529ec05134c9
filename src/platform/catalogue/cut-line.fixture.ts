import { once } from 'node:events'
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net'

/** A way to the database that can be cut as cables are: what goes through is lost, and neither end is told. */
export type Line = {
  readonly url: string
  /** Those that are connected now hear nothing more; whoever connects anew gets through. */
  readonly cut: () => void
  readonly close: () => void
}

export const lineTo = async (url: string): Promise<Line> => {
  const target = new URL(url)
  const ends = new Set<Socket>()
  const server = createServer((near) => {
    const far = connectTo(Number(target.port), target.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => ends.delete(from))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const own = new URL(url)
  own.port = String((server.address() as AddressInfo).port)
  return {
    url: own.href,
    cut: () => {
      for (const end of ends) end.unpipe().pause()
    },
    close: () => {
      for (const end of ends) end.destroy()
      server.close()
    },
  }
}
