import type { Command } from 'commander'
import { parseFinite } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { showGrid } from '../grid-result.ts'

type Options = { readonly downbeat?: boolean }

export const gridReAnchor = (cli: Cli): Command =>
  cli
    .command({
      name: 're-anchor',
      description: 'Move the grid, by half a beat at most, so that a beat falls at this time.',
      examples: ['algiers grid re-anchor "Summer Nights" 12.431 --downbeat'],
    })
    .argument('<track>', 'id, path or name of the track')
    .argument('<seconds>', 'time of a beat', parseFinite)
    .option('--downbeat', 'that beat is the first of a bar')
    .action(
      cli.run(async (terminal, { downbeat }: Options, track: string, seconds: number) =>
        cli.withApp(async (app) =>
          showGrid(
            terminal,
            await app.analysis.editGrid(track, { kind: 're-anchor', seconds, as: downbeat ? 'downbeat' : 'beat' }),
          ),
        ),
      ),
    )
