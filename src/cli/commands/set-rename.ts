import type { Command } from 'commander'
import { parseName, parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const setRename = (cli: Cli): Command =>
  cli
    .command({
      name: 'rename',
      description: 'Rename a set.',
      examples: ['algiers set rename 3 "Friday night"'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .argument('<name>', 'what to call it', parseName)
    .action(
      cli.run(async (terminal, _options: object, id: number, name: string) =>
        cli.withApp(async (app) => {
          await app.sets.kept.change(id, { name })
          terminal.result({ id, name }, () => [`Set ${id} is called ${printable(name)}.`])
        }),
      ),
    )
