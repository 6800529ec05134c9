import type { Command } from 'commander'
import { UserError } from '../../core/support/user-error.ts'
import type { Cli } from '../cli.ts'
import { showGrid } from '../grid-result.ts'

export const gridImport = (cli: Cli): Command =>
  cli
    .command({
      name: 'import',
      description: 'Take the grid that another program has of a track and that was brought in with its library.',
      examples: ['algiers grid import "Summer Nights"', 'algiers grid import "Summer Nights" --program Traktor'],
    })
    .argument('<track>', 'id, path or name of the track')
    .option('--program <name>', 'which program, where several are known (default: brought in last)')
    .action(
      cli.run(async (terminal, { program }: { readonly program?: string }, track: string) =>
        cli.withApp(async (app) => {
          const { offeredGrids } = await app.collection.track(track)
          const wanted = program?.toLowerCase()
          const edit = offeredGrids.find((one) => wanted === undefined || one.program.toLowerCase() === wanted)
          if (edit === undefined)
            throw new UserError(
              'GRID_EDIT_INVALID',
              `No other grid of this track was brought in from ${program ?? 'another program'}.`,
            )
          showGrid(terminal, await app.analysis.editGrid(track, edit))
        }),
      ),
    )
