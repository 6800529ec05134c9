import type { Command } from 'commander'
import { parseFinite } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { showGrid } from '../grid-result.ts'

export const gridPin = (cli: Cli): Command =>
  cli
    .command({
      name: 'pin',
      description: 'Put the nearest beat at this time too; the tempo between the places that were set follows.',
      examples: ['algiers grid pin "Summer Nights" 301.72'],
    })
    .argument('<track>', 'id, path or name of the track')
    .argument('<seconds>', 'time of a beat', parseFinite)
    .action(
      cli.run(async (terminal, _options: object, track: string, seconds: number) =>
        cli.withApp(async (app) => showGrid(terminal, await app.analysis.editGrid(track, { kind: 'pin', seconds }))),
      ),
    )
