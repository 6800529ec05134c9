import { UserError } from '../core/support/user-error.ts'
import { runCli } from './run-cli.ts'

/** How long a command may take to put things in order after Ctrl-C. */
const INTERRUPT_GRACE_MS = 3000

const interrupted = new AbortController()
const interrupt = (): void => {
  // A second Ctrl-C, or a command that does not listen, ends the process at once: every write is atomic.
  if (interrupted.signal.aborted) process.exit(130)
  interrupted.abort(new UserError('CANCELLED', 'Interrupted.'))
  setTimeout(() => process.exit(130), INTERRUPT_GRACE_MS).unref()
}
process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)
// `algiers tracks | head`: the reader has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupted.signal,
})
