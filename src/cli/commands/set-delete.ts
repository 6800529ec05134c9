import type { Command } from 'commander'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

export const setDelete = (cli: Cli): Command =>
  cli
    .command({
      name: 'delete',
      description: 'Delete a set with all its versions; the tracks stay.',
      examples: ['algiers set delete 3'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .option('--unread', 'even a set of a newer Algiers, which this one cannot show')
    .action(
      cli.run(async (terminal, { unread }: { readonly unread?: boolean }, id: number) =>
        cli.withApp(async (app) => {
          await app.sets.kept.remove(id, unread)
          terminal.result({ deleted_set: id }, () => [`Deleted set ${id}.`])
        }),
      ),
    )
