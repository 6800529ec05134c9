import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { showGrid } from '../grid-result.ts'

export const gridHalve = (cli: Cli): Command =>
  cli
    .command({
      name: 'halve',
      description: 'Halve the tempo of a track.',
      examples: ['algiers grid halve "Summer Nights"'],
    })
    .argument('<track>', 'id, path or name of the track')
    .action(
      cli.run(async (terminal, _options: object, track: string) =>
        cli.withApp(async (app) => showGrid(terminal, await app.analysis.editGrid(track, { kind: 'halve' }))),
      ),
    )
