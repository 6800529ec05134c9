import type { Command } from 'commander'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const setUndo = (cli: Cli): Command =>
  cli
    .command({
      name: 'undo',
      description: 'Take the last change of a set back, and say what that was.',
      examples: ['algiers set undo 3'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .action(
      cli.run(async (terminal, _options: object, id: number) =>
        cli.withApp(async (app) => {
          const { change } = await app.sets.kept.undo(id)
          terminal.result({ change }, () => [
            change === null ? 'There was nothing to undo.' : `Took back: ${printable(change)}`,
          ])
        }),
      ),
    )
