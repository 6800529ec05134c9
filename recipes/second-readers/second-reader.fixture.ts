import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const HERE = import.meta.dirname
const ENVIRONMENT = join(HERE, '..', '..', '.second-readers')
const PYTHON = process.platform === 'win32' ? join('Scripts', 'python.exe') : join('bin', 'python')
const ENGINE = process.platform === 'win32' ? join('Scripts', 'rb2engine.exe') : join('bin', 'rb2engine')
const LONGEST_MS = 120_000

/** Why tests are skipped. */
export const NO_SECOND_READERS = 'the second readers are not installed (recipes/second-readers)'

export type SecondReaders = {
  /** Runs a script of this folder. @returns the JSON that it prints */
  readonly run: (script: string, args: readonly string[]) => unknown
}

/** @returns null where the Python environment of the README is not there, or is an older one */
export const findSecondReaders = (): SecondReaders | null => {
  const python = join(ENVIRONMENT, PYTHON)
  const installed = join(ENVIRONMENT, 'requirements.txt')
  const isComplete =
    existsSync(python) &&
    existsSync(installed) &&
    readFileSync(installed, 'utf8') === readFileSync(join(HERE, 'requirements.txt'), 'utf8')
  return isComplete ? readersOf(python) : null
}

/** @returns null where the environment of rb2engine, which is apart from the others, is not there */
export const findEngineReader = (): SecondReaders | null => {
  const python = join(ENVIRONMENT, 'engine', PYTHON)
  return existsSync(join(ENVIRONMENT, 'engine', ENGINE)) ? readersOf(python) : null
}

const readersOf = (python: string): SecondReaders => ({
  run: (script, args) => {
    const { status, stdout, stderr } = spawnSync(python, ['-B', join(HERE, script), ...args], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: LONGEST_MS,
    })
    if (status !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${status}:\n${stderr}`)
    return JSON.parse(stdout)
  },
})
