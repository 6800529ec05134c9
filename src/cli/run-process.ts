import { UserError } from '../core/support/user-error.ts'
import { endWithin } from './end-within.ts'
import { runCli } from './run-cli.ts'

/** Time that a command has to tidy up after Ctrl-C. */
const INTERRUPT_GRACE_MS = 3000
/** After this it is ended from outside, so that a machine on which all is slow keeps to five seconds as well. */
const HARD_LIMIT_MS = 4000
/** A worker finishes the files that it has begun; what it cannot finish is given to others once it is gone. */
const DRAIN_MS = 120_000

/** A server of a catalogue answers first who sends something or waits; that is less than what Kubernetes waits by itself. */
const ANSWER_MS = 25_000

const [command, ...options] = process.argv.slice(2)
const isShared = process.env.ALGIERS_CATALOGUE !== undefined || options.some((one) => one.startsWith('--catalogue'))
const drainMs = command === 'worker' ? DRAIN_MS : command === 'serve' && isShared ? ANSWER_MS : null
const [graceMs, limitMs] =
  drainMs === null ? [INTERRUPT_GRACE_MS, HARD_LIMIT_MS] : [drainMs, drainMs + INTERRUPT_GRACE_MS]

const interrupted = new AbortController()
const interrupt = (): void => {
  // Every write is atomic, so a second Ctrl-C may end the process at once; so may the timer below.
  if (interrupted.signal.aborted) process.exit(130)
  endWithin(limitMs)
  interrupted.abort(new UserError('CANCELLED', 'Interrupted.'))
  setTimeout(() => process.exit(130), graceMs).unref()
}
process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)
// In `algiers tracks | head` the reader leaves once it has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupted.signal,
})
