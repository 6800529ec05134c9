/** Commands of the program, each in a process of its own, and what they cost. */
import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BENCH_FOLDER } from './audio.ts'

const PROGRAM = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')
const TELL = join(import.meta.dirname, 'tell-processor-time.ts')

export type CommandCost = { readonly wallSeconds: number; readonly processorSeconds: number }

/** Compiled code is kept, as people have it from the second start on (decision 0006). */
export const runCommand = async (dataDir: string, args: readonly string[]): Promise<CommandCost> => {
  const costFile = `${dataDir}.cost`
  const env = {
    ...process.env,
    ALGIERS_DATA_DIR: dataDir,
    NODE_COMPILE_CACHE: join(BENCH_FOLDER, 'code'),
    BENCH_COST: costFile,
  }
  const start = performance.now()
  await promisify(execFile)(process.execPath, ['--import', TELL, PROGRAM, ...args], { env })
  const wallSeconds = (performance.now() - start) / 1000
  const processorSeconds = Number(await readFile(costFile, 'utf8'))
  await rm(costFile)
  return { wallSeconds, processorSeconds }
}
