import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { showGrid } from '../grid-result.ts'

export const gridConfirm = (cli: Cli): Command =>
  cli
    .command({
      name: 'confirm',
      description: 'Say that the grid of a track is right as it is.',
      examples: ['algiers grid confirm "Summer Nights"'],
    })
    .argument('<track>', 'id, path or name of the track')
    .action(
      cli.run(async (terminal, _options: object, track: string) =>
        cli.withApp(async (app) => showGrid(terminal, await app.analysis.editGrid(track, { kind: 'confirm' }))),
      ),
    )
