import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { endProcessesOf, GRACE_MS, RUN_MARK } from './run-processes.ts'
import type { TestOutcome } from './test-outcome.ts'
import { createTestProgress, type TestMessage } from './test-progress.ts'

const VITEST = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))

/** Vitest that is asked to end and does not is ended. */
const CLOSING_MS = 5000

type VitestRun = {
  readonly code: number
  readonly outcome: TestOutcome
  /** `stopped` because it took too long; `lost` where it ended by itself without telling what came of it. */
  readonly end: 'told' | 'stopped' | 'lost'
}

/**
 * One run of Vitest, whose reporter `.ci/closing-line.ts` tells what comes of it. When it ends, all that it has started ends with it.
 * @param stop ends a run that has taken too long
 */
export const runVitest = async (
  options: readonly string[],
  stop: AbortSignal,
  { mark = randomUUID() as string, graceMs = GRACE_MS } = {},
): Promise<VitestRun> => {
  const progress = createTestProgress()
  const child = fork(VITEST, ['run', ...options], { execArgv: [], env: { ...process.env, [RUN_MARK]: mark } })
  child.on('message', (message) => progress.hear(message as TestMessage))
  let killing: NodeJS.Timeout | undefined
  const end = (): void => {
    child.kill()
    killing = setTimeout(() => child.kill('SIGKILL'), CLOSING_MS)
  }
  stop.addEventListener('abort', end, { once: true })
  const code = await new Promise<number>((done, fail) => {
    child.on('error', fail)
    child.on('close', (status) => done(status ?? 1))
  })
  stop.removeEventListener('abort', end)
  clearTimeout(killing)
  await endProcessesOf(mark, graceMs)
  const told = progress.outcome()
  if (told !== null) return { code, outcome: told, end: 'told' }
  return { code: 1, outcome: progress.cutOff(), end: stop.aborted ? 'stopped' : 'lost' }
}
