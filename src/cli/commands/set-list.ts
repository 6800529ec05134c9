import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const setList = (cli: Cli): Command =>
  cli
    .command({
      name: 'list',
      description: 'List the sets that are kept, the last changed one first.',
      examples: ['algiers set list'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const sets = await app.sets.kept.list()
          terminal.result(snakeCase(sets), () =>
            sets.length === 0
              ? ['No sets yet. To plan one and keep it: algiers set save Friday --minutes 60']
              : formatTable(
                  ['set', 'name', 'tracks', 'changed', ''],
                  sets.map(({ id, name, tracks, changedAt, isNewer }) => [
                    id,
                    printable(name),
                    tracks,
                    changedAt.slice(0, 16).replace('T', ' '),
                    isNewer ? 'from a newer Algiers' : null,
                  ]),
                ),
          )
        }),
      ),
    )
