import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { processesOf } from './run-processes.ts'
import { runVitest } from './run-vitest.ts'
import { closingLines } from './test-outcome.ts'

let folder = ''
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'algiers-run-')))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const REPORTER = join(import.meta.dirname, '..', '.ci', 'closing-line.ts')
/** A process that its parent does not wait for, as a browser that was forgotten. */
const LEAVES_A_PROCESS = `import { spawn } from 'node:child_process'
const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
left.unref()
`

/** A run of files of these contents, one after the other in this order, for which Vitest takes the largest first. */
const run = (files: Readonly<Record<string, string>>, stop: AbortSignal, mark?: string) => {
  const config = { globals: true, maxWorkers: 1, isolate: false, reporters: [REPORTER], testTimeout: 600_000 }
  writeFileSync(join(folder, 'vitest.config.mjs'), `export default { test: ${JSON.stringify(config)} }`)
  for (const [at, [name, text]] of Object.entries(files).entries())
    writeFileSync(join(folder, `${name}.test.mjs`), `${text}//${' '.repeat(10_000 - 1000 * at)}`)
  return runVitest(['--root', folder], stop, { ...(mark !== undefined && { mark }), graceMs: 500 })
}
/** Without the way from here to there. */
const linesOf = ({ outcome }: Awaited<ReturnType<typeof run>>): readonly string[] =>
  closingLines(outcome).map((line) => line.replaceAll(/\S*algiers-run-\w+\//g, ''))
const ASIDE = new AbortController().signal

test.skipIf(process.platform !== 'linux')(
  'a run that is stopped tells what had not ended and what had not begun, counts that as failed, and leaves no process',
  async () => {
    const mark = `stopped ${process.pid}`
    const stopping = new AbortController()
    const running = run(
      {
        done: `test('one', () => {}); test('two', () => {})\n`,
        stuck: `${LEAVES_A_PROCESS}
import { writeFileSync } from 'node:fs'
test('hangs', () => { writeFileSync('${folder}/reached', ''); return new Promise(() => {}) })\n`,
        late: `test('never', () => {})\n`,
      },
      stopping.signal,
      mark,
    )
    await vi.waitFor(() => expect(existsSync(join(folder, 'reached'))).toBe(true), { timeout: 120_000, interval: 50 })
    // Vitest, its worker, and what the test has left.
    expect(processesOf(mark).length).toBeGreaterThanOrEqual(3)
    stopping.abort()
    const stopped = await running
    expect(linesOf(stopped)).toEqual([
      expect.stringMatching(/^Not ended: stuck\.test\.mjs(?:, hangs)?$/),
      'Not begun: late.test.mjs',
      '2 passed, 2 failed',
    ])
    expect([stopped.end, stopped.code]).toEqual(['stopped', 1])
    expect(processesOf(mark)).toEqual([])
  },
)

test('a run that ends tells what came of it; what its tests have left ends with it', async () => {
  const mark = `ended ${process.pid}`
  const files = {
    done: `${LEAVES_A_PROCESS}test('one', () => {})\n`,
    wrong: `test('two', () => { throw new Error('x') })\n`,
  }
  const ended = await run(files, ASIDE, mark)
  expect(linesOf(ended)).toEqual(['1 passed, 1 failed'])
  expect([ended.end, ended.code]).toEqual(['told', 1])
  expect(processesOf(mark)).toEqual([])
})

test('a run that ends by itself before its tests has failed', async () => {
  const files = {
    breaks: `import process from 'node:process'\ntest('one', () => process.kill(process.ppid, 'SIGKILL'))\n`,
  }
  const lost = await run(files, ASIDE)
  expect(linesOf(lost)).toEqual([expect.stringMatching(/^Not ended: breaks\.test\.mjs/), '0 passed, 1 failed'])
  expect([lost.end, lost.code]).toEqual(['lost', 1])
})
