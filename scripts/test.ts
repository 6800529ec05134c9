/**
 * Runs the tests: `node scripts/test.ts [what Vitest takes]`. Files of which some test failed run once more, alone on the then
 * idle machine, and are named among the closing lines as faults to mend. A run that takes too long is ended and told as far as it came.
 */
import { runVitest } from './run-vitest.ts'
import { closingLines, filesToRepeat, withRepeated } from './test-outcome.ts'

const MINUTE_MS = 60_000
/** CI ends without a word after 90 minutes, of which installing, checking and building take up to ten. */
const MOST_MS = 78 * MINUTE_MS
const FIRST_MOST_MS = 70 * MINUTE_MS
/** The slowest file takes six minutes on a busy machine. */
const LEAST_TO_REPEAT_MS = 8 * MINUTE_MS

const endAt = Date.now() + MOST_MS

const stopAfter = (ms: number): AbortSignal => AbortSignal.timeout(Math.max(1, ms))

const run = async (): Promise<number> => {
  const first = await runVitest(process.argv.slice(2), stopAfter(FIRST_MOST_MS))
  const left = endAt - Date.now()
  const files = first.end === 'told' && left >= LEAST_TO_REPEAT_MS ? filesToRepeat(first.outcome) : []
  const second = files.length === 0 ? null : await runVitest(['--no-file-parallelism', ...files], stopAfter(left))
  const { end, code } = second ?? first
  if (end !== 'told')
    console.log(end === 'stopped' ? 'The tests took too long and were ended' : 'Vitest ended before its tests')
  console.log(closingLines(second === null ? first.outcome : withRepeated(first.outcome, second.outcome)).join('\n'))
  return code
}

process.exitCode = await run()
