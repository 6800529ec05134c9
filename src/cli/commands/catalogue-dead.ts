import type { Command } from 'commander'
import type { GivenUp } from '../../engine/catalogue/catalogue-actions.ts'
import { parsePositiveInteger } from '../argument-parsers.ts'
import { type CatalogueOptions, withCatalogueOption, withKeeper } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

type Options = CatalogueOptions & { readonly limit: number; readonly retry?: boolean }

const USUAL_LIMIT = 100

/** Of a file the reason names it. */
const lineOf = ({ what, key, code, detail }: Pick<GivenUp, 'what' | 'key' | 'code' | 'detail'>): string =>
  what === 'file'
    ? `${code}  ${printable(detail)}`
    : `${code}  ${what === 'grid' ? 'beat grid' : 'sections'} of ${printable(key)}: ${printable(detail)}`

export const catalogueDead = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'dead',
      description:
        'List the files, edited beat grids and sections that were given up, the latest first, and why; or have them tried again.',
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
          const document = dead.map(({ what, prefix, key, code, detail, diedAt }) => ({
            what,
            prefix,
            key,
            code,
            detail,
            died_at: diedAt.toISOString(),
          }))
          terminal.result(document, () =>
            dead.map(({ what, key, code, detail }) => lineOf({ what, key, code, detail })),
          )
        }),
      ),
    )
