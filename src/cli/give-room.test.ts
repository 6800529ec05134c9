import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const GIVE_ROOM = JSON.stringify(join(import.meta.dirname, 'give-room.ts'))

/** Makes much that is not kept, by which the engine takes it that little room is needed, then keeps 24 MB. */
const THREAD = `
  import { PerformanceObserver, constants } from 'node:perf_hooks'
  import { parentPort } from 'node:worker_threads'
  let collections = 0
  const count = (list) => {
    collections += list.getEntries().filter(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR).length
  }
  const observer = new PerformanceObserver(count)
  observer.observe({ entryTypes: ['gc'] })
  const kept = []
  let steps = 0
  const step = () => {
    for (let n = 0; n < 20_000; n++) globalThis.last = { n }
    if (++steps > 100) kept.push(new Array(1 << 17).fill(steps + 0.5))
    if (steps < 124) return setImmediate(step)
    count({ getEntries: () => observer.takeRecords() })
    parentPort.postMessage(collections)
  }
  setImmediate(step)`

/** How often all of a thread is searched for garbage meanwhile. */
const collectionsOf = async (args: readonly string[]): Promise<number> => {
  const program = `
    import { Worker } from 'node:worker_threads'
    const { giveRoom } = await import(${GIVE_ROOM})
    giveRoom(${JSON.stringify(args)})
    new Worker(${JSON.stringify(THREAD)}, { eval: true }).once('message', (collections) => console.log(collections))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  return Number(stdout)
}

test('threads of a command that measures wait with looking for garbage, those of others do not', async () => {
  expect(await collectionsOf(['analyze', 'track.mp3'])).toBe(0)
  expect(await collectionsOf(['library', 'scan'])).toBe(0)
  expect(await collectionsOf(['train'])).toBeGreaterThan(0)
  expect(await collectionsOf([])).toBeGreaterThan(0)
})
