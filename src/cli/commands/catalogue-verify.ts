import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { type CatalogueOptions, withCatalogueOption, withKeeper } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'

export const catalogueVerify = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'verify',
      description:
        'Check that every track has its analysis, and has it once. It changes nothing; exit code 1 where not.',
      examples: ['algiers catalogue verify --json'],
    }),
  ).action(
    cli.run(async (terminal, options: CatalogueOptions) =>
      withKeeper(options, async (keeper) => {
        const verified = await keeper.verify()
        const { tracks, analysed, missing, twice, stale } = verified
        terminal.result(snakeCase(verified), () => [
          `${tracks} tracks, ${analysed} of them analysed as this catalogue asks for.`,
          `${missing} not analysed yet, ${stale} analysed in an older way, ${twice} with more than one result.`,
        ])
        return missing + twice + stale > 0 ? 1 : 0
      }),
    ),
  )
