import type { Command } from 'commander'
import { type CatalogueOptions, withCatalogueOption, withKeeper } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const catalogueRevoke = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'revoke',
      description: 'Let somebody in no more. The labels of their team stay.',
      examples: ['algiers catalogue revoke mia'],
    }),
  )
    .argument('<name>', 'who is to be kept out')
    .action(
      cli.run(async (terminal, options: CatalogueOptions, name: string) =>
        withKeeper(options, async (keeper) => {
          await keeper.revoke(name)
          terminal.result({ name }, () => [`${printable(name)} is let in no more.`])
        }),
      ),
    )
