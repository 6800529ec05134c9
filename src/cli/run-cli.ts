import { type Command, CommanderError } from 'commander'
import { errorCatalogue } from '../core/support/error-catalogue.ts'
import { storageError } from '../core/support/storage-error.ts'
import { type ErrorReport, toErrorReport, UserError } from '../core/support/user-error.ts'
import { type CliStreams, createCli, type ExitCode } from './cli.ts'
import { printable } from './printable.ts'
import { buildProgram } from './program.ts'
import { terminalHints } from './terminal-hints.ts'
import { UsageError } from './usage-error.ts'
import { withCommand } from './with-command.ts'

type Failure = { readonly exit: ExitCode; readonly report: Omit<ErrorReport, 'code'> & { readonly code: string } }

const HOW_TO_USE = 'Add --help to the command to see how it is used.'

const usageFailure = (detail: string, hint = HOW_TO_USE): Failure => ({
  exit: 2,
  report: { code: 'USAGE', title: 'Wrong usage', detail, hint },
})

/** A command that does not exist; commander finds what is nearly the same word, and a beginning is meant for all of it. */
const unknownCommand = (error: CommanderError, program: Command, argv: readonly string[]): Failure => {
  const [first = '', second = ''] = argv
  const group = program.commands.find((one) => one.name() === first)
  const word = group === undefined ? first : second
  const names = (group ?? program).commands.map((one) => one.name())
  const begun = names.find((name) => name.startsWith(word))
  const said = usageText(error)
  const detail = begun === undefined || said.includes('Did you mean') ? said : `${said} (Did you mean ${begun}?)`
  const place = group === undefined ? 'algiers' : `algiers ${first}`
  return usageFailure(detail, `Commands: ${names.join(', ')}. \`${place} --help\` describes them.`)
}

/** Commander puts what it would suggest on a line of its own. */
const usageText = ({ message }: CommanderError): string => {
  const [first = '', ...rest] = message.replace(/^error: /, '').split('\n')
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ')
}

const toFailure = (error: unknown, interrupted: boolean): Failure => {
  if (error instanceof CommanderError) return usageFailure(usageText(error))
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

const isUnknownCommand = (error: unknown): error is CommanderError =>
  error instanceof CommanderError && error.code === 'commander.unknownCommand'

/** Runs one command line; never throws and never ends the process. */
export const runCli = async (argv: readonly string[], streams: CliStreams): Promise<ExitCode> => {
  const cli = createCli(streams)
  const given = withCommand(argv)
  const program = await buildProgram(cli, streams, given)
  try {
    await program.parseAsync(given, { from: 'user' })
    return cli.exitCode()
  } catch (error) {
    if (isHelp(error)) return 0
    if (isMissingCommand(error)) return 2
    const { exit, report } = isUnknownCommand(error)
      ? unknownCommand(error, program, argv)
      : toFailure(error, streams.signal.aborted)
    if (argv.includes('--json')) streams.stdout.write(`${JSON.stringify({ error: report })}\n`)
    streams.stderr.write(`${report.title}: ${printable(report.detail)}\n  ${report.hint}\n`)
    if (report.code === 'INTERNAL' && error instanceof Error) streams.stderr.write(`${error.stack}\n`)
    return exit
  }
}
