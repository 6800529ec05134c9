/**
 * Runs the tests: `node scripts/test.ts [what Vitest takes]`. Files of which some test failed run once more, alone on the then
 * idle machine, and are named among the closing lines as faults to mend.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { closingLines, filesToRepeat, type TestOutcome, withRepeated } from './test-outcome.ts'

const VITEST = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))

/** One run of Vitest, whose reporter `.ci/closing-line.ts` sends what came of it; null where it did not come so far. */
const runOnce = (
  options: readonly string[],
): Promise<{ readonly code: number; readonly outcome: TestOutcome | null }> =>
  new Promise((done, fail) => {
    let outcome: TestOutcome | null = null
    const child = fork(VITEST, ['run', ...options])
    child.on('message', (message) => {
      outcome = message as TestOutcome
    })
    child.on('error', fail)
    child.on('close', (code) => done({ code: code ?? 1, outcome }))
  })

const run = async (): Promise<number> => {
  const first = await runOnce(process.argv.slice(2))
  if (first.outcome === null) return first.code || 1
  const files = filesToRepeat(first.outcome)
  const second = files.length === 0 ? null : await runOnce(['--no-file-parallelism', ...files])
  if (second !== null && second.outcome === null) return second.code || 1
  const outcome = second?.outcome ? withRepeated(first.outcome, second.outcome) : first.outcome
  console.log(closingLines(outcome).join('\n'))
  return (second ?? first).code
}

process.exitCode = await run()
