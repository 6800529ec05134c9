import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { type CatalogueOptions, withCatalogueOption, withKeeper } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'

const MINUTE_SECONDS = 60
const HOUR_MINUTES = 60
const DAY_HOURS = 24

const WHY_AND_AGAIN = 'See why with: algiers catalogue dead. Try again with: algiers catalogue dead --retry'

/** Rounded as people say it. */
const lastingText = (seconds: number): string => {
  const minutes = Math.ceil(seconds / MINUTE_SECONDS)
  const hours = minutes / HOUR_MINUTES
  if (hours < 2) return `${minutes} min`
  return hours < 2 * DAY_HOURS ? `${Math.round(hours)} hours` : `${Math.round(hours / DAY_HOURS)} days`
}

export const catalogueStatus = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'status',
      description: 'Show how far the analysis of a catalogue has come, and when it will be done.',
      examples: ['algiers catalogue status --json | jq .eta_seconds'],
    }),
  ).action(
    cli.run(async (terminal, options: CatalogueOptions) =>
      withKeeper(options, async (keeper) => {
        const progress = await keeper.status()
        const { waiting, running, done, dead, etaSeconds, gridsGivenUp, sectionsGivenUp } = progress
        terminal.result(snakeCase(progress), () => [
          `${done} files done, ${running} being analysed, ${waiting} waiting, ${dead} given up.`,
          ...(etaSeconds === null ? ['Nothing was done lately: is a worker running?'] : []),
          ...(etaSeconds ? [`Done in about ${lastingText(etaSeconds)} at the present speed.`] : []),
          ...(dead > 0 ? ['See why with: algiers catalogue dead'] : []),
          ...(sectionsGivenUp > 0
            ? [`No worker could hear the sections of ${countText(sectionsGivenUp)} anew. ${WHY_AND_AGAIN}`]
            : []),
          ...(gridsGivenUp > 0
            ? [`No worker could measure the track on ${countText(gridsGivenUp, 'edited beat grid')}. ${WHY_AND_AGAIN}`]
            : []),
        ])
      }),
    ),
  )
