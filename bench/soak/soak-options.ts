import { parseArgs } from 'node:util'

/** How much of each trial, by the name of its option. */
const COUNTS = {
  answers: [10_000, 'tracks of which everything is asked'],
  bundles: [20_000, 'changed model bundles'],
  calls: [2000, 'requests before memory is looked at'],
  cancel: [20, 'scans and trainings that are cancelled'],
  files: [2000, 'files of a catalogue'],
  interop: [20_000, 'damaged libraries of other DJ programs'],
  jobs: [10_000, 'jobs that wait, and events of a flood'],
  kill: [40, 'times `kill -9`'],
  library: [3000, 'files whose life is followed'],
  links: [10_000, 'swaps of a file for a link'],
  list: [10_000, 'tracks of a list, and files of a scan'],
  mutate: [500, 'damaged sound files'],
  power: [20, 'power cuts'],
  scale: [100_000, 'tracks of a large library, and of a catalogue'],
  seed: [1, 'of what is drawn at random'],
  trainings: [20, 'trainings before memory is looked at'],
  vectors: [1_000_000, 'vectors of a catalogue'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>

export type SoakCounts = Readonly<Record<keyof typeof COUNTS, number>>
type SoakOptions = SoakCounts & {
  readonly only: string | undefined
  readonly catalogue: boolean
  /** Where what `catalogue-scale` builds stays, to be only measured the next time. */
  readonly keep: string | undefined
}

/** What was asked for in a way that nobody can follow; the message says what would do. */
export class SoakError extends Error {
  override readonly name = 'SoakError'
  readonly code: 'SOAK_OPTION_UNKNOWN' | 'SOAK_PART_UNKNOWN' | 'SOAK_NOT_A_NUMBER'

  constructor(code: SoakError['code'], message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

type PartLine = { readonly name: string; readonly what: string }

export const helpOf = (parts: readonly PartLine[]): string =>
  [
    'Usage: npm run soak -- [--only PART] [options]',
    '',
    'Long trials of what must never be lost. Where something protects, a control run without it must fail.',
    'Without --only every part runs that needs no PostgreSQL.',
    '',
    'Parts:',
    ...parts.map(({ name, what }) => `  ${name.padEnd(16)} ${what}`),
    '',
    'Options:',
    ...Object.entries(COUNTS).map(([name, [usual, what]]) => `  ${`--${name} ${usual}`.padEnd(18)} ${what}`),
    '  --catalogue        both parts of a catalogue, and nothing else',
    '  --keep FOLDER      where what catalogue-scale builds stays, to be only measured the next time',
  ].join('\n')

const countOf = (name: string, text: string): number => {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 0) return count
  throw new SoakError('SOAK_NOT_A_NUMBER', `--${name} is "${text}", not a whole number.`)
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...Object.fromEntries(Object.keys(COUNTS).map((name) => [name, { type: 'string' } as const])),
        only: { type: 'string' },
        keep: { type: 'string' },
        catalogue: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values as Readonly<Record<string, string | boolean | undefined>>
  } catch (error) {
    throw new SoakError('SOAK_OPTION_UNKNOWN', (error as Error).message)
  }
}

/** @returns null where help was asked for @throws SoakError */
export const readOptions = (args: readonly string[], parts: readonly PartLine[]): SoakOptions | null => {
  const { help, only, keep, catalogue, ...counts } = parse(args)
  if (help) return null
  if (only !== undefined && !parts.some(({ name }) => name === only))
    throw new SoakError(
      'SOAK_PART_UNKNOWN',
      `There is no part "${only}", but ${parts.map(({ name }) => name).join(', ')}.`,
    )
  return {
    ...(Object.fromEntries(
      Object.entries(COUNTS).map(([name, [usual]]) => [name, countOf(name, String(counts[name] ?? usual))]),
    ) as SoakCounts),
    only: only as string | undefined,
    keep: keep as string | undefined,
    catalogue: catalogue === true,
  }
}
