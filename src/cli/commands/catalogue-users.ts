import type { Command } from 'commander'
import { type CatalogueOptions, withCatalogueOption, withKeeper } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const catalogueUsers = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'users',
      description: 'List who is let in, as what, and in which team.',
      examples: ['algiers catalogue users'],
    }),
  ).action(
    cli.run(async (terminal, options: CatalogueOptions) =>
      withKeeper(options, async (keeper) => {
        const users = await keeper.users()
        terminal.result(users, () =>
          formatTable(
            ['name', 'role', 'team'],
            users.map(({ name, role, team }) => [printable(name), role, printable(team)]),
          ),
        )
      }),
    ),
  )
