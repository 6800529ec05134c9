import type { Command } from 'commander'
import type { GridEdit } from '../../core/beats/grid-edit.ts'
import { parseWholeNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { showGrid } from '../grid-result.ts'
import { UsageError } from '../usage-error.ts'

type Options = {
  readonly beats?: number
  readonly halfBeat?: boolean
  readonly bars?: number
  readonly milliseconds?: number
}

export const gridShift = (cli: Cli): Command =>
  cli
    .command({
      name: 'shift',
      description:
        'Move the downbeat by beats, the phrase by bars, or the whole grid by milliseconds; negative is earlier.',
      examples: ['algiers grid shift "Summer Nights" --beats 1', 'algiers grid shift 12 --milliseconds=-15'],
    })
    .argument('<track>', 'id, path or name of the track')
    .option('--beats <count>', 'move the downbeat', parseWholeNumber)
    .option('--half-beat', 'move all beats half a beat later')
    .option('--bars <count>', 'move the start of the 4-bar phrase', parseWholeNumber)
    .option('--milliseconds <count>', 'move all beats', parseWholeNumber)
    .action(
      cli.run(async (terminal, { beats, halfBeat, bars, milliseconds }: Options, track: string) => {
        if ([beats, halfBeat, bars, milliseconds].filter((given) => given !== undefined).length !== 1)
          throw new UsageError('Give exactly one of --beats, --half-beat, --bars and --milliseconds.')
        const edit: GridEdit =
          beats !== undefined
            ? { kind: 'shift', beats }
            : halfBeat
              ? { kind: 'half-beat', direction: 'later' }
              : bars !== undefined
                ? { kind: 'shift-phrase', bars }
                : { kind: 'nudge', seconds: milliseconds! / 1000 }
        return cli.withApp(async (app) => showGrid(terminal, await app.analysis.editGrid(track, edit)))
      }),
    )
