import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { ModelComparison } from '../../engine/versions/compare-versions.ts'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { percent } from '../scoreboard-lines.ts'
import { formatTable } from '../table.ts'

const signed = (value: number | null): string =>
  value === null ? '' : `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)}`

const BASES = {
  your_labels: 'Both were tested on the same labels of yours, which neither can have learnt from.',
  reports: 'Each was measured on the labels it was trained with, so the difference means less than it seems to.',
} as const

const comparisonLines = ({ versions, figures, difference, basis, kinds, duel, text }: ModelComparison): string[] => {
  const [first, second] = versions
  const missing = [
    ...(kinds.onlyFirst.length > 0 ? [`Only v${first.version} knows ${kinds.onlyFirst.join(', ')}.`] : []),
    ...(kinds.onlySecond.length > 0 ? [`Only v${second.version} knows ${kinds.onlySecond.join(', ')}.`] : []),
  ]
  if (figures === null || difference === null || basis === null) return [text, ...missing]
  const [one, other] = figures
  const errorText = (error: number | null): string | null => (error === null ? null : error.toFixed(3))
  return [
    ...formatTable(
      ['', `v${first.version}`, `v${second.version}`, 'difference'],
      [
        ['accuracy', percent(one.accuracy), percent(other.accuracy), signed(difference.accuracy)],
        ['macro-F1', percent(one.f1Score), percent(other.f1Score), signed(difference.f1Score)],
        [
          'ECE',
          errorText(one.calibrationError),
          errorText(other.calibrationError),
          signed(difference.calibrationError),
        ],
      ],
    ),
    `Compared on ${kinds.both.join(', ')}, which both know.`,
    ...missing,
    BASES[basis],
    ...(duel === null ? [] : [text]),
  ]
}

export const modelsCompare = (cli: Cli): Command =>
  cli
    .command({
      name: 'compare',
      description: 'Put two versions side by side.',
      examples: ['algiers models compare v2 v3'],
    })
    .argument('<one>', 'number of a version, e.g. v2', parseModelVersion)
    .argument('<other>', 'number of another, e.g. v3', parseModelVersion)
    .action(
      cli.run(async (terminal, _options: object, one: number, other: number) =>
        cli.withApp(async (app) => {
          const comparison = await app.versions.compare(one, other)
          terminal.result(snakeCase(comparison), () => comparisonLines(comparison))
        }),
      ),
    )
