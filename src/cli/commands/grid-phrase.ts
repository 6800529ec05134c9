import type { Command } from 'commander'
import type { Seconds } from '../../core/units/units.ts'
import { parseFinite } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { showGrid } from '../grid-result.ts'

const parseSeconds = (text: string, before: readonly Seconds[] = []): readonly Seconds[] => [
  ...before,
  parseFinite(text),
]

export const gridPhrase = (cli: Cli): Command =>
  cli
    .command({
      name: 'phrase',
      description:
        'Count phrases anew from each of these times, and before the first as from it; a bar or beat too many in a track shifts them.',
      examples: ['algiers grid phrase "Summer Nights" 0.35 192.4'],
    })
    .argument('<track>', 'id, path or name of the track')
    .argument('<seconds...>', 'times at which a phrase begins, in order', parseSeconds, [])
    .action(
      cli.run(async (terminal, _options: object, track: string, seconds: readonly Seconds[]) => {
        const edit = { kind: 'phrases' as const, seconds }
        return cli.withApp(async (app) => showGrid(terminal, await app.analysis.editGrid(track, edit)))
      }),
    )
