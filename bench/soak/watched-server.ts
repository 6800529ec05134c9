import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { peakResidentKib, residentKib } from '../speed/peak-memory.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const PROBE = join(import.meta.dirname, 'memory-probe.ts')
/** The kernel counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100

const toMegabytes = (kib: number | null): number | null => (kib === null ? null : kib / 1024)

export type WatchedServer = {
  readonly address: string
  readonly json: <Document>(method: string, path: string, body?: unknown) => Promise<Document>
  /** Share of a processor that the server takes while nobody asks for anything; null where the system does not tell. */
  readonly idleShare: (seconds: number) => Promise<number | null>
  /** What the server has taken so far, which others on the machine do not lengthen; null where the system does not tell. */
  readonly processorMs: () => number | null
  /** Highest resident memory in megabytes; null where the system does not tell. */
  readonly peakMegabytes: () => number | null
  /** Resident memory now. */
  readonly residentMegabytes: () => number | null
  /** The most that each part has used, in words. The parts need not have been so large at the same time. */
  readonly memoryParts: () => string
  readonly stop: () => Promise<void>
  readonly kill: () => void
}

type Usage = { readonly heapTotal: number; readonly external: number; readonly rss: number }

const processorTicks = (pid: number): number | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return Number(fields[11]) + Number(fields[12])
  } catch {
    return null
  }
}

const partsText = (folder: string, pid: number): string => {
  const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0)
  const used = readdirSync(folder).flatMap((name) => {
    try {
      const usage = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Usage
      return [{ ...usage, isOfServer: name.startsWith(`${pid}-`), isMain: name.endsWith('-main.json') }]
    } catch {
      // It is being written.
      return []
    }
  })
  const sum = (some: readonly Usage[], of: keyof Usage): string =>
    megabytes(some.reduce((all, one) => all + one[of], 0))
  const main = used.filter(({ isOfServer, isMain }) => isOfServer && isMain)
  const threads = used.filter(({ isOfServer, isMain }) => isOfServer && !isMain)
  const others = used.filter(({ isOfServer }) => !isOfServer)
  const largest = megabytes(Math.max(0, ...others.map(({ rss }) => rss)))
  return `objects of the server ${sum(main, 'heapTotal')} MB, of its ${threads.length} threads ${sum(threads, 'heapTotal')} MB, buffers of both ${sum([...main, ...threads], 'external')} MB; beside it ${others.length} processes of networks, the largest ${largest} MB`
}

/** A server that tells what it uses. @param user id of another user that it runs as */
export const startWatchedServer = async (folder: string, dataDir: string, user?: number): Promise<WatchedServer> => {
  const usage = join(folder, 'memory')
  mkdirSync(usage)
  if (user !== undefined) chownSync(usage, user, user)
  const child = spawn(process.execPath, ['--import', PROBE, MAIN, 'serve', '--port', '0', '--no-open', '--json'], {
    env: { ...process.env, ALGIERS_DATA_DIR: dataDir, ALGIERS_MEMORY_FOLDER: usage },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  })
  const pid = child.pid!
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { address } = JSON.parse(line.toString()) as { address: string }
  return {
    address,
    json: async <Document>(method: string, path: string, body?: unknown): Promise<Document> => {
      const headers = { 'content-type': 'application/json' }
      const sent = body === undefined ? {} : { body: JSON.stringify(body), headers }
      const answer = await fetch(address + path, { method, ...sent })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Document
    },
    idleShare: async (seconds) => {
      const before = processorTicks(pid)
      await sleep(seconds * 1000)
      const after = processorTicks(pid)
      return before === null || after === null ? null : (after - before) / TICKS_A_SECOND / seconds
    },
    processorMs: () => {
      const ticks = processorTicks(pid)
      return ticks === null ? null : (1000 * ticks) / TICKS_A_SECOND
    },
    peakMegabytes: () => toMegabytes(peakResidentKib(pid)),
    residentMegabytes: () => toMegabytes(residentKib(pid)),
    memoryParts: () => partsText(usage, pid),
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
