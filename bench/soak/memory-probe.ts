/**
 * Preloaded into a server (`--import`), where every thread and every process that it starts inherits it: each keeps the
 * most memory that it has seen itself use in a file of its own.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryUsage } from 'node:process'
import { isMainThread, threadId } from 'node:worker_threads'

const LOOK_EVERY_MS = 200
const folder = process.env.ALGIERS_MEMORY_FOLDER

if (folder !== undefined) {
  const file = join(folder, `${process.pid}-${isMainThread ? 'main' : threadId}.json`)
  const most = { heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0, rss: 0 }
  setInterval(() => {
    const now = memoryUsage()
    for (const part of Object.keys(most) as (keyof typeof most)[]) most[part] = Math.max(most[part], now[part])
    writeFileSync(file, JSON.stringify(most))
  }, LOOK_EVERY_MS).unref()
}
