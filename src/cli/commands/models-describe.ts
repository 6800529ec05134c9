import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { NewWords } from '../../engine/versions/model-operations.ts'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const modelsDescribe = (cli: Cli): Command =>
  cli
    .command({
      name: 'describe',
      description: 'Give a version a name and notes, which go with it when you export it. An empty text removes one.',
      examples: ['algiers models describe v3 --name "Warm-up house"', 'algiers models describe v3 --notes ""'],
    })
    .argument('<version>', 'number of the version, e.g. v3', parseModelVersion)
    .option('--name <text>', 'what to call it')
    .option('--notes <text>', 'what to remember about it')
    .action(
      cli.run(async (terminal, words: NewWords, version: number) =>
        cli.withApp(async (app) => {
          const model = await app.versions.describe(version, words)
          terminal.result({ model: snakeCase(model) }, () => [
            `v${version}: ${printable(model.name ?? 'no name')}`,
            ...(model.notes === null ? [] : [printable(model.notes)]),
          ])
        }),
      ),
    )
