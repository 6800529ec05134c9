import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { WorkEvent } from '../../src/engine/catalogue/see-through.ts'

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname

export type WatchedWorker = {
  readonly child: ChildProcess
  readonly events: readonly WorkEvent[]
  /** Resolves once it works. */
  readonly ready: Promise<void>
  /** Resolves with its exit code; null where it was killed. */
  readonly ended: Promise<number | null>
}

/** Starts a worker as its users do, and collects what it tells. @param host what starts it on another host; of this one where left out */
export const startWorker = (
  url: string,
  { args = [], host = [] }: { readonly args?: readonly string[]; readonly host?: readonly string[] } = {},
): WatchedWorker => {
  const [program, ...rest] = [...host, process.execPath, MAIN, 'worker', '--catalogue', url, ...args]
  const child = spawn(program!, rest, { stdio: ['ignore', 'ignore', 'pipe'] })
  const events: WorkEvent[] = []
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  createInterface({ input: child.stderr! }).on('line', (line) => {
    if (!line.startsWith('{')) return void process.stderr.write(`worker: ${line}\n`)
    const event = JSON.parse(line) as WorkEvent | { readonly type: 'ready' }
    if (event.type === 'ready') resolve()
    else events.push(event)
  })
  const ended = once(child, 'close').then(([code]) => {
    reject(new Error(`A worker ended with ${code} before it worked`))
    return code as number | null
  })
  ready.catch(() => {})
  return { child, events, ready, ended }
}
