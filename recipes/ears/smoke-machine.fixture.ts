import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

const HERE = import.meta.dirname
const KEPT = join(HERE, '..', '..', '.cache')
/** What Python has compiled of all that is loaded, which is little of what is installed. */
const COMPILED = join(KEPT, 'ears-compiled')
const REQUIREMENTS = join(HERE, 'requirements.txt')
const PROGRAMS = ['apt-get', 'dpkg', 'ffmpeg', 'fluidsynth', 'espeak-ng', 'flite', 'nice']
const SUITABLE_PYTHON = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
/** A machine that cannot reach its package index finds out later than this. */
const PLANNING_MS = 180_000
/** What pip says of a package, or of an index. */
const NOT_FOUND = /^ERROR: (?:No matching distribution|Could not (?:find|install packages due to an OSError: HTTP))/m
/** What `run.py` ends with where a package is not to be had. */
const UNAVAILABLE = 69

/** This machine cannot run the recipe, which is no fault of the recipe's. */
export class Lacking extends Error {}

type Ended = { readonly status: number; readonly stdout: string; readonly stderr: string }

const run = (program: string, args: readonly string[], timeout = 0): Promise<Ended> =>
  new Promise((resolve) => {
    // The recipe calls the Node that runs the tests, and leaves nothing beside its sources.
    const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter)
    const env = { ...process.env, PATH, PYTHONPYCACHEPREFIX: COMPILED }
    execFile(program, args, { env, timeout, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    )
  })

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

const succeed = async (program: string, args: readonly string[]): Promise<void> => {
  const { status, stdout, stderr } = await run(program, args)
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`)
}

const isOnPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

/** @returns the Python of an environment with what the recipe requires, kept until that changes */
const preparePython = async (): Promise<string> => {
  if (process.platform !== 'linux') throw new Lacking('it takes Debian packages, and this is no Linux')
  const missing = PROGRAMS.filter((program) => !isOnPath(program))
  if (missing.length > 0) throw new Lacking(`${missing.join(', ')} not on the PATH`)
  if (spawnSync('python3', ['-c', SUITABLE_PYTHON]).status !== 0) throw new Lacking('no python3 from 3.11 on with venv')
  const { stdout: version } = spawnSync('python3', ['--version'])
  const digest = createHash('sha256').update(version).update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16)
  const environments = join(KEPT, 'ears-venv')
  const environment = join(environments, digest)
  const python = join(environment, 'bin', 'python')
  const complete = join(environment, 'complete')
  if (existsSync(complete)) return python
  rmSync(environments, { recursive: true, force: true })
  await succeed('python3', ['-m', 'venv', environment])
  const required = readFileSync(REQUIREMENTS, 'utf8')
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  const [torch] = /^torch==.*$/m.exec(required)!
  const planned = await run(python, [...install, '--dry-run', '--report', '-', '--no-deps', torch], PLANNING_MS)
  if (planned.status !== 0) throw new Lacking(`pip does not find what it requires (${lastLine(planned.stderr)})`)
  const { install: packages } = JSON.parse(planned.stdout) as { install: { metadata: { requires_dist?: string[] } }[] }
  if (packages.some(({ metadata }) => metadata.requires_dist?.some((name) => name.startsWith('nvidia'))))
    throw new Lacking('pip would download PyTorch for graphics cards, several gigabytes')
  const made = await run(python, [...install, '--no-compile', '-r', REQUIREMENTS])
  if (NOT_FOUND.test(made.stderr)) throw new Lacking(`pip does not find what it requires (${lastLine(made.stderr)})`)
  if (made.status !== 0) throw new Error(`pip ended with ${made.status}:\n${made.stderr}`)
  writeFileSync(complete, '')
  return python
}

export type Recipe = {
  /** Runs the recipe small. @returns what it printed; throws `Lacking` where packages are not to be had. */
  readonly smoke: (work: string, out: string) => Promise<string>
}

export const prepareRecipe = async (): Promise<Recipe> => {
  const python = await preparePython()
  return {
    smoke: async (work, out) => {
      const options = ['--smoke', '--work', work, '--data', join(KEPT, 'ears-packages'), '--out', out]
      // Other tests run beside it and are waited for.
      const { status, stdout, stderr } = await run('nice', [python, join(HERE, 'run.py'), ...options])
      if (status === UNAVAILABLE) throw new Lacking(lastLine(stdout))
      if (status !== 0) throw new Error(`run.py ended with ${status}:\n${stdout}\n${stderr}`)
      return stdout
    },
  }
}
