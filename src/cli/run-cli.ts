import { CommanderError } from 'commander'
import { errorCatalogue } from '../core/support/error-catalogue.ts'
import { storageError } from '../core/support/storage-error.ts'
import { type ErrorReport, toErrorReport, UserError } from '../core/support/user-error.ts'
import { type CliStreams, createCli, type ExitCode } from './cli.ts'
import { printable } from './printable.ts'
import { buildProgram } from './program.ts'
import { terminalHints } from './terminal-hints.ts'
import { UsageError } from './usage-error.ts'

type Failure = { readonly exit: ExitCode; readonly report: Omit<ErrorReport, 'code'> & { readonly code: string } }

const usageFailure = (detail: string): Failure => ({
  exit: 2,
  report: { code: 'USAGE', title: 'Wrong usage', detail, hint: 'Add --help to the command to see how it is used.' },
})

const toFailure = (error: unknown, interrupted: boolean): Failure => {
  if (error instanceof CommanderError) return usageFailure(error.message.replace(/^error: /, ''))
  if (error instanceof UsageError) return usageFailure(error.message)
  if (interrupted) return { exit: 130, report: toErrorReport(new UserError('CANCELLED', 'Interrupted.')) }
  const told = storageError(error)
  const report = toErrorReport(told)
  if (!(told instanceof UserError)) return { exit: 1, report }
  const { code, hint } = told
  return { exit: errorCatalogue[code].exit, report: { ...report, hint: terminalHints[code] ?? hint } }
}

/** Commander throws after help, too, which is no error where somebody asked for it. */
const isHelp = (error: unknown): boolean => error instanceof CommanderError && error.exitCode === 0

/** A group without a command, e.g. `algiers library`; commander has already shown its help on stderr. */
const isMissingCommand = (error: unknown): boolean => error instanceof CommanderError && error.code === 'commander.help'

/** Runs one command line; never throws and never ends the process. */
export const runCli = async (argv: readonly string[], streams: CliStreams): Promise<ExitCode> => {
  const cli = createCli(streams)
  try {
    await buildProgram(cli, streams).parseAsync(argv, { from: 'user' })
    return cli.exitCode()
  } catch (error) {
    if (isHelp(error)) return 0
    if (isMissingCommand(error)) return 2
    const { exit, report } = toFailure(error, streams.signal.aborted)
    if (argv.includes('--json')) streams.stdout.write(`${JSON.stringify({ error: report })}\n`)
    streams.stderr.write(`${report.title}: ${printable(report.detail)}\n  ${report.hint}\n`)
    if (report.code === 'INTERNAL' && error instanceof Error) streams.stderr.write(`${error.stack}\n`)
    return exit
  }
}
