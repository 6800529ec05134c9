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

/** Does the same so often that it is worth compiling, and says so when each compiler has had its turn. */
const BUSY = `
  import { parentPort } from 'node:worker_threads'
  const add = (values) => {
    let sum = 0
    for (let n = 0; n < values.length; n++) sum += values[n] * 1.5
    return sum
  }
  const values = new Float64Array(1000).fill(1)
  for (let round = 0; round < 200_000; round++) add(values)
  parentPort.postMessage('done')`

/** What a thread writes that is started once a command was given room. */
const writtenBy = async (thread: string, args: readonly string[], options: readonly string[] = []): Promise<string> => {
  const program = `
    import { Worker } from 'node:worker_threads'
    const { giveRoom } = await import(${GIVE_ROOM})
    giveRoom(${JSON.stringify(args)})
    new Worker(${JSON.stringify(thread)}, { eval: true }).once('message', (said) => console.log(said))`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...options, '--input-type=module', '--eval', program],
    { maxBuffer: 2 ** 26 },
  )
  return stdout
}

/** How often all of a thread is searched for garbage meanwhile. */
const collectionsOf = async (args: readonly string[]): Promise<number> => Number(await writtenBy(THREAD, args))

test('threads of a command that measures wait with looking for garbage, those of others do not', async () => {
  expect(await collectionsOf(['analyze', 'track.mp3'])).toBe(0)
  expect(await collectionsOf(['library', 'scan'])).toBe(0)
  expect(await collectionsOf(['train'])).toBeGreaterThan(0)
  expect(await collectionsOf([])).toBeGreaterThan(0)
})

test('a few files are measured without the slower compiler, a library and many files with it', async () => {
  const isCompiledTwice = async (args: readonly string[]): Promise<boolean> =>
    /completed optimizing .*<JSFunction add.*TURBOFAN/.test(await writtenBy(BUSY, args, ['--trace-opt']))
  const files = ['a.mp3', 'b.mp3']
  expect(await isCompiledTwice(['analyze', ...files, '--json'])).toBe(false)
  expect(await isCompiledTwice(['analyze', ...files, 'c.mp3'])).toBe(true)
  expect(await isCompiledTwice(['library', 'scan'])).toBe(true)
})
