import type { Command } from 'commander'
import { parseFinite, parseWholeNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { showGrid } from '../grid-result.ts'

export const gridMetre = (cli: Cli): Command =>
  cli
    .command({
      name: 'metre',
      description: 'Set how many beats a bar has, and the time of a beat that begins one.',
      examples: ['algiers grid metre "Summer Nights" 3 0.42'],
    })
    .argument('<track>', 'id, path or name of the track')
    .argument('<beats>', 'beats to the bar, 2 to 7', parseWholeNumber)
    .argument('<seconds>', 'time of the first beat of a bar', parseFinite)
    .action(
      cli.run(async (terminal, _options: object, track: string, beats: number, seconds: number) =>
        cli.withApp(async (app) =>
          showGrid(terminal, await app.analysis.editGrid(track, { kind: 'metre', beats, seconds })),
        ),
      ),
    )
