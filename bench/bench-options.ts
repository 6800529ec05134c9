import { parseArgs } from 'node:util'

/** What is measured instead of all else, by the name of its option. */
const PARTS = {
  scan: 'a scan and the first file of a command line, in processor time beside that of ffmpeg',
  page: 'the page, in a browser',
  start: 'from the click to the first rows, of the package that `npm run package` built',
  sets: 'how good and how quick sets are planned',
} as const

export type BenchPart = keyof typeof PARTS
type BenchOptions = {
  /** Null for all that needs neither a browser nor a package. */
  readonly part: BenchPart | null
  readonly annealMinutes: number
  readonly json: boolean
}

/** What was asked for in a way that nobody can follow; the message says what would do. */
export class BenchError extends Error {
  override readonly name = 'BenchError'
  readonly code: 'BENCH_OPTION_UNKNOWN' | 'BENCH_PARTS_TOGETHER' | 'BENCH_NOT_MINUTES'

  constructor(code: BenchError['code'], message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

export const HELP = [
  'Usage: npm run bench [-- OPTION …]',
  '',
  'What things cost on this machine, beside their targets, measured on audio that is generated once in .cache/bench/.',
  'Without one of the first four, everything is measured that needs neither a browser nor a package: scans, first files,',
  'analysis, training, classification, hearing and libraries of other programs. It takes minutes and wants a quiet machine.',
  '',
  'Options:',
  ...Object.entries(PARTS).map(([name, what]) => `  ${`--${name}`.padEnd(18)} only: ${what}`),
  '  --anneal MINUTES   with --sets: how long the search by annealing takes that plans are compared with (default 1)',
  '  --json             one JSON document on stdout',
  '  --help             what can be asked for',
].join('\n')

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...Object.fromEntries(Object.keys(PARTS).map((name) => [name, { type: 'boolean' } as const])),
        anneal: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values as Readonly<Record<string, string | boolean | undefined>>
  } catch (error) {
    const [reason] = (error as Error).message.split(/[.:] /)
    throw new BenchError('BENCH_OPTION_UNKNOWN', `${reason}. See npm run bench -- --help.`)
  }
}

/** @returns null where help was asked for @throws BenchError */
export const readBenchOptions = (args: readonly string[]): BenchOptions | null => {
  const { help, anneal, json, ...asked } = parse(args)
  if (help) return null
  const parts = Object.keys(asked) as BenchPart[]
  if (parts.length > 1) {
    const named = parts.map((part) => `--${part}`).join(' and ')
    throw new BenchError('BENCH_PARTS_TOGETHER', `${named} cannot be measured in one run; ask for one at a time.`)
  }
  if (anneal !== undefined && parts[0] !== 'sets')
    throw new BenchError('BENCH_PARTS_TOGETHER', '--anneal says something only of --sets.')
  const annealMinutes = Number(anneal ?? 1)
  if (!(annealMinutes > 0 && annealMinutes < Number.POSITIVE_INFINITY))
    throw new BenchError('BENCH_NOT_MINUTES', `--anneal is "${anneal}", not a number of minutes above 0.`)
  return { part: parts[0] ?? null, annealMinutes, json: json === true }
}
