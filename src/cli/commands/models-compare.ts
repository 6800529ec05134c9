import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { percent } from '../scoreboard-lines.ts'
import { formatTable } from '../table.ts'

const signed = (value: number): string => `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)}`

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
          const [first, second] = comparison.versions
          terminal.result(snakeCase(comparison), () => [
            ...formatTable(
              ['', `v${one}`, `v${other}`, 'difference'],
              [
                ['accuracy', percent(first.accuracy), percent(second.accuracy), signed(comparison.difference.accuracy)],
                ['macro-F1', percent(first.f1Score), percent(second.f1Score), signed(comparison.difference.f1Score)],
                [
                  'ECE',
                  first.card.scoreboard.calibrationError.toFixed(3),
                  second.card.scoreboard.calibrationError.toFixed(3),
                  signed(comparison.difference.calibrationError),
                ],
                ['labels', String(first.card.lineage.labels.length), String(second.card.lineage.labels.length), ''],
                ['tracks', String(first.card.lineage.tracks.length), String(second.card.lineage.tracks.length), ''],
              ],
            ),
            comparison.sameLabels
              ? 'Both were measured on the same labels.'
              : 'They were measured on different labels: the difference says less than it seems.',
          ])
        }),
      ),
    )
