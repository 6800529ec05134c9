/**
 * Power cuts: the data lie on a file system in an image; at a random moment the writing process is stopped and the image is copied. What was
 * never synced is in the kernel's memory and not in the copy, as after a cut. The copy is mounted and looked at as the next start would.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../../src/core/support/random.ts'
import { openStore } from '../../src/platform/store/store.ts'
import { findProblems, follow, readState } from './expected-state.ts'
import { type KillOptions, type KillReport, prepareTrials, startChild } from './kill-trials.ts'
import { whileMounted } from './mounted.ts'

const IMAGE_MEGABYTES = 48
const SHORTEST_LIFE_MS = 100
const LONGEST_LIFE_MS = 900

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const loop = (image: string): readonly string[] => ['-o', 'loop', image]

export const powerTrials = async (options: KillOptions): Promise<KillReport> => {
  const { mode, trials, seed, control = 'none', untilFound = false, onTrial } = options
  const random = createRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'algiers-power-'))
  const [base, worked, cut] = ['base.img', 'worked.img', 'cut.img'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const [work, look] = [join(folder, 'work'), join(folder, 'look')]
  execFileSync('truncate', ['-s', `${IMAGE_MEGABYTES}M`, base])
  execFileSync('mkfs.ext4', ['-q', '-F', base])
  await whileMounted(loop(base), work, async () => void (await prepareTrials(work)))
  const problems: string[] = []
  let [done, acknowledged, midway] = [0, 0, 0]
  while (done < trials && !(untilFound && problems.length > 0)) {
    copyFileSync(base, worked)
    const expected = await whileMounted(loop(worked), work, async () => {
      const dataDir = join(work, 'data')
      const store = openStore(dataDir)
      const state = readState(store)
      store.close()
      const args = [dataDir, mode, control, String(seed * 100_000 + done), join(work, 'model.algiers-model')]
      const child = startChild(args, (line) => {
        if (line.say === 'done') acknowledged++
        follow(state, line)
      })
      await child.ready
      await sleep(SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS))
      child.process.kill('SIGSTOP')
      copyFileSync(worked, cut)
      child.process.kill('SIGKILL')
      await child.closed
      return state
    })
    if (expected.attempt) midway++
    const found = await whileMounted(
      loop(cut),
      look,
      async () => (await findProblems(join(look, 'data'), expected)).problems,
    )
    problems.push(...found.map((problem) => `trial ${done}: ${problem}`))
    done++
    onTrial?.(done, found)
  }
  rmSync(folder, { recursive: true })
  return { trials: done, acknowledged, midway, problems }
}
