/** Loaded before a program (`node --import`), it writes the processor seconds of it and all that it started to the file named by BENCH_COST. */
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { processorSeconds } from './processor-time.ts'

const file = process.env.BENCH_COST
// What it starts itself is counted by it.
delete process.env.BENCH_COST
if (file !== undefined && isMainThread)
  process.on('exit', () => {
    const { own, children } = processorSeconds()
    writeFileSync(file, String(own + children))
  })
