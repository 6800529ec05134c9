/**
 * Processor time of everything that a scan takes, or that ffmpeg takes to decode the same files as many at a time, each in a process
 * of its own: `node scan-child.ts scan|ffmpeg FOLDER WORKERS` prints processor seconds: of a scan with all its processes, or of ffmpeg alone.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openApp } from '../../src/app.ts'
import { runConcurrently } from '../../src/engine/kit/run-concurrently.ts'
import { findFfmpeg } from '../../src/platform/decoding/find-ffmpeg.ts'

const [what, folder, workers] = [process.argv[2], process.argv[3]!, Number(process.argv[4])]
/** The kernel counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100

/** User and system time of this process, then those of its child processes that have ended. */
const processorSeconds = async (): Promise<{ readonly own: number; readonly children: number }> => {
  const fields = (await readFile('/proc/self/stat', 'utf8')).split(') ')[1]!.split(' ').map(Number)
  const [own, ownSystem, children, childrenSystem] = fields.slice(11, 15) as [number, number, number, number]
  return { own: (own + ownSystem) / TICKS_A_SECOND, children: (children + childrenSystem) / TICKS_A_SECOND }
}

const files = (await readdir(folder)).map((name) => join(folder, name))

const scan = async (): Promise<void> => {
  const dataDir = await mkdtemp(join(folder, '../data-'))
  try {
    const app = await openApp({ dataDir })
    await app.upkeep.settings.change({ workers })
    await app.collection.addRoot(folder)
    const { analysed } = await app.collection.scan()
    await app.close()
    if (analysed !== files.length) throw new Error(`Only ${analysed} of ${files.length} tracks were analysed`)
  } finally {
    await rm(dataDir, { recursive: true })
  }
}

const decode = async (file: string): Promise<void> => {
  await promisify(execFile)(findFfmpeg()!, ['-v', 'error', '-nostdin', '-i', file, '-f', 'null', '-'])
}

if (what === 'scan') await scan()
else await runConcurrently(files, decode, { concurrency: workers })
const { own, children } = await processorSeconds()
process.stdout.write(String(what === 'scan' ? own + children : children))
