import type { Command } from 'commander'
import { spanText } from '../../core/labels/bar-text.ts'
import { counterfactualText } from '../../core/sections/counterfactual-text.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { percentText } from '../../core/units/percent-text.ts'
import { parseModelVersion, parseWholeNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { kindText } from '../kind-text.ts'
import { printable } from '../printable.ts'

type Options = { readonly model?: number }

export const explain = (cli: Cli): Command =>
  cli
    .command({
      name: 'explain',
      description:
        'Say why a part of a track is read as it is, and what would change that: which layers of the sound, were they there or not.',
      examples: ['algiers explain "Summer Nights" 64 128', 'algiers explain 12 0 32 --model v2 --json'],
    })
    .argument('<track>', 'id, path or name of the track')
    .argument('<start>', 'first beat', parseWholeNumber)
    .argument('<end>', 'beat after the last', parseWholeNumber)
    .option('--model <version>', 'ask this model version instead of the one that reads the track', parseModelVersion)
    .action(
      cli.run(async (terminal, { model }: Options, track: string, startBeat: number, endBeat: number) =>
        cli.withApp(async (app) => {
          const span = { startBeat, endBeat }
          const why = await app.reading.explain(track, { ...span, version: model })
          const { version, scope, kinds, kind, probabilities, evidence, counterfactuals } = why
          const reader = version === 0 ? 'The shipped model' : `v${version}`
          terminal.result(snakeCase(why), () => [
            `${reader}${scope === null ? '' : `, trained for ${printable(scope.name)},`} reads ${spanText(why, span)} as ${kindText(kind)}, ${percentText(probabilities[kinds.indexOf(kind)]!, 0)}`,
            ...evidence.map(({ group, weight }) => `  ${weight > 0 ? 'for' : 'against'} ${group}`),
            ...counterfactuals.map((one) => counterfactualText(kind, one)),
          ])
        }),
      ),
    )
