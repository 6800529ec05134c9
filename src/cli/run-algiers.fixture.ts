import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough, Writable } from 'node:stream'
import { sharedThreads } from '../platform/workers/shared-pool.fixture.ts'
import { runCli } from './run-cli.ts'

const MAIN = new URL('./main.ts', import.meta.url).pathname

export type CliRun = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** The one JSON document on stdout. */
  readonly document: <Document>() => Document
}

const toRun = (code: number | null, stdout: string, stderr: string): CliRun => ({
  code,
  stdout,
  stderr,
  document: <Document>() => JSON.parse(stdout) as Document,
})

const collector = (): { readonly stream: Writable; readonly text: () => string } => {
  const chunks: string[] = []
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      chunks.push(chunk)
      done()
    },
  })
  return { stream, text: () => chunks.join('') }
}

/** Runs a command line in this process: the same code as the real one, without the time a process takes to start. */
export const runAlgiers = async (
  dataDir: string,
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<CliRun> => {
  const stdout = collector()
  const stderr = collector()
  const code = await runCli(args, {
    stdout: stdout.stream,
    stderr: stderr.stream,
    signal,
    dataDir,
    threads: sharedThreads,
  })
  return toRun(code, stdout.text(), stderr.text())
}

/** The same with a person at the terminal, who types these lines. */
export const talkToAlgiers = async (
  dataDir: string,
  args: readonly string[],
  typed: readonly string[],
): Promise<CliRun> => {
  const [stdout, stderr] = [collector(), collector()]
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  stdin.end(typed.map((line) => `${line}\n`).join(''))
  const code = await runCli(args, {
    stdin,
    stdout: stdout.stream,
    stderr: Object.assign(stderr.stream, { isTTY: true }),
    signal: new AbortController().signal,
    dataDir,
    threads: sharedThreads,
  })
  return toRun(code, stdout.text(), stderr.text())
}

export type StartedCli = { readonly child: ChildProcess; readonly finished: Promise<CliRun> }

/** Starts the command line as its users do, as a process. */
export const startAlgiers = (dataDir: string, args: readonly string[]): StartedCli => {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ALGIERS_DATA_DIR: dataDir, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]!.setEncoding('utf8').on('data', (chunk: string) => {
      output[stream] += chunk
    })
  const finish = async (): Promise<CliRun> => {
    const [code] = (await once(child, 'close')) as [number | null]
    return toRun(code, output.stdout, output.stderr)
  }
  return { child, finished: finish() }
}
