import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { percent } from '../scoreboard-lines.ts'
import { formatTable } from '../table.ts'

export const modelsBlend = (cli: Cli): Command =>
  cli
    .command({
      name: 'blend',
      description:
        "Blend a friend's version with your own, where your labels say that this is better than yours alone.",
      examples: ['algiers models blend v4', 'algiers models blend v4 --with v3'],
    })
    .argument('<version>', 'number of the friend’s version, e.g. v4', parseModelVersion)
    .option('--with <version>', 'your own version; the active one where left out', parseModelVersion)
    .action(
      cli.run(async (terminal, { with: named }: { readonly with?: number }, version: number) =>
        cli.withApp(async (app) => {
          const outcome = await app.versions.blend(version, named)
          const { own, other, blend } = outcome.figures
          terminal.result(snakeCase(outcome), () => [
            ...formatTable(
              ['on your labels', 'accuracy', 'macro-F1', 'log loss'],
              (
                [
                  [`v${outcome.own}`, own],
                  [`v${outcome.other}`, other],
                  ['blend', blend],
                ] as const
              ).map(([name, { accuracy, macroF1, logLoss }]) => [
                name,
                percent(accuracy),
                percent(macroF1),
                logLoss.toFixed(3),
              ]),
            ),
            outcome.text,
            ...(outcome.version === null ? [] : [`Use it with: algiers models activate v${outcome.version}`]),
          ])
        }),
      ),
    )
