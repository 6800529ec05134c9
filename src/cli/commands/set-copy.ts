import type { Command } from 'commander'
import { parseName, parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

export const setCopy = (cli: Cli): Command =>
  cli
    .command({
      name: 'copy',
      description: 'Copy a set.',
      examples: ['algiers set copy 3 --name "Friday, shorter"'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .option('--name <name>', 'what to call the copy', parseName)
    .action(
      cli.run(async (terminal, { name }: { readonly name?: string }, id: number) =>
        cli.withApp(async (app) => {
          const copy = await app.sets.kept.copy(id, name)
          terminal.result({ id: copy }, () => [`Copied as set ${copy}.`])
        }),
      ),
    )
