import type { Command } from 'commander'
import { parsePositiveInteger } from '../argument-parsers.ts'
import { type CatalogueOptions, withCatalogueOption, withKeeper } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

type Options = CatalogueOptions & { readonly limit: number; readonly retry?: boolean }

const USUAL_LIMIT = 100

export const catalogueDead = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'dead',
      description: 'List the files that were given up, the latest first, and why; or have them tried again.',
      examples: ['algiers catalogue dead', 'algiers catalogue dead --retry'],
    }),
  )
    .option('--limit <number>', 'so many at most', parsePositiveInteger, USUAL_LIMIT)
    .option('--retry', 'let all of them be tried again')
    .action(
      cli.run(async (terminal, { limit, retry = false, ...options }: Options) =>
        withKeeper(options, async (keeper) => {
          if (retry) {
            const waiting = await keeper.revive()
            terminal.result({ waiting }, () => [`${waiting} files wait again.`])
            return
          }
          const dead = await keeper.dead(limit)
          const document = dead.map(({ prefix, key, code, detail, diedAt }) => ({
            prefix,
            key,
            code,
            detail,
            died_at: diedAt.toISOString(),
          }))
          terminal.result(document, () => dead.map(({ code, detail }) => `${code}  ${printable(detail)}`))
        }),
      ),
    )
