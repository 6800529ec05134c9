import type { Command } from 'commander'
import { spanText } from '../../core/labels/bar-text.ts'
import { counterfactualText, decidingBarsText, NONE_DECIDES } from '../../core/sections/why-text.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { percentText } from '../../core/units/percent-text.ts'
import { parseFinite, parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { kindText } from '../kind-text.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

type Options = { readonly model?: number }

export const why = (cli: Cli): Command =>
  cli
    .command({
      name: 'why',
      description:
        'Say why a model calls a part of a track what it calls it: what spoke for and against, and which bars elsewhere decided.',
      examples: ['algiers why "Summer Nights" 64 128', 'algiers why 12 64 128 --model v2 --json | jq ".elsewhere"'],
    })
    .argument('<track>', 'id, path or name of the track')
    .argument('<start>', 'first beat', parseFinite)
    .argument('<end>', 'beat after the last', parseFinite)
    .option('--model <version>', 'ask this model version instead of the one that proposes', parseModelVersion)
    .action(
      cli.run(async (terminal, { model: version }: Options, reference: string, startBeat: number, endBeat: number) =>
        cli.withApp(async (app) => {
          const told = await app.reading.explain(reference, { startBeat, endBeat, version })
          const { title } = await app.collection.track(reference)
          terminal.result(snakeCase(told), () => {
            const speaker = told.version > 0 ? `v${told.version}` : 'The shipped model'
            const scope = told.scope === null ? '' : `, trained for ${printable(told.scope.name)},`
            const sure = percentText(Math.max(...told.probabilities), 0)
            const span = { startBeat: Math.round(startBeat), endBeat: Math.round(endBeat) }
            return [
              `${speaker}${scope} reads ${spanText(told, span)} of ${printable(title)} as ${kindText(told.kind)}, ${sure}`,
              ...formatTable(
                ['', 'weight', 'what'],
                told.evidence.map(({ group, weight }) => [weight > 0 ? 'for' : 'against', weight.toFixed(2), group]),
              ),
              ...told.counterfactuals.map((one) => counterfactualText(told.kind, one)),
              ...(told.elsewhere.length === 0
                ? [NONE_DECIDES]
                : told.elsewhere.map((one) => decidingBarsText(spanText(told, one), one))),
            ]
          })
        }),
      ),
    )
