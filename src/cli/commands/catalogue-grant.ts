import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Role } from '../../engine/catalogue/catalogue-actions.ts'
import { parseName } from '../argument-parsers.ts'
import { type CatalogueOptions, withCatalogueOption, withKeeper } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

type Options = CatalogueOptions & { readonly role: Role; readonly team?: string }

/** A name is typed again and again. */
const parseUser = (text: string): string => {
  if (!/^[\w.@-]{1,60}$/.test(text)) throw new InvalidArgumentError('It must be letters, digits, and any of . _ @ -')
  return text
}

export const catalogueGrant = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'grant',
      description: 'Let somebody in, or give them another role, team and token. The token is shown once.',
      examples: ['algiers catalogue grant mia --role labeller --team radio'],
    }),
  )
    .argument('<name>', 'who is let in', parseUser)
    .addOption(
      new Option('--role <role>', 'reader: looks; labeller: labels as well; owner: everything')
        .choices(['reader', 'labeller', 'owner'])
        .default('labeller'),
    )
    .option('--team <name>', 'labels are shared within a team (default: the name, a team of one)', parseName)
    .action(
      cli.run(async (terminal, { role, team, ...options }: Options, name: string) =>
        withKeeper(options, async (keeper) => {
          const user = { name, role, team: team ?? name }
          const token = await keeper.grant(user)
          terminal.result({ ...user, token }, () => [
            `${printable(name)} is let in as ${role}, in the team ${printable(user.team)}.`,
            `Token, shown only now: ${token}`,
          ])
        }),
      ),
    )
