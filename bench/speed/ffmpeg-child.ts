/** `node ffmpeg-child.ts FOLDER AT_A_TIME`: has ffmpeg decode the files of a folder, and prints the processor seconds of that. */
import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runConcurrently } from '../../src/engine/kit/run-concurrently.ts'
import { findFfmpeg } from '../../src/platform/decoding/find-ffmpeg.ts'
import { processorSeconds } from './processor-time.ts'

const [folder, concurrency] = [process.argv[2]!, Number(process.argv[3])]

const decode = async (name: string): Promise<void> => {
  const options = ['-v', 'error', '-nostdin', '-i', join(folder, name), '-f', 'null', '-']
  await promisify(execFile)(findFfmpeg()!, options)
}

await runConcurrently(await readdir(folder), decode, { concurrency })
process.stdout.write(String(processorSeconds().children))
