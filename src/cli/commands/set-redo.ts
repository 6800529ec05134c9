import type { Command } from 'commander'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const setRedo = (cli: Cli): Command =>
  cli
    .command({
      name: 'redo',
      description: 'Do again what was taken back last.',
      examples: ['algiers set redo 3'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .action(
      cli.run(async (terminal, _options: object, id: number) =>
        cli.withApp(async (app) => {
          const { change } = await app.sets.kept.redo(id)
          terminal.result({ change }, () => [
            change === null ? 'There was nothing to redo.' : `Did again: ${printable(change)}`,
          ])
        }),
      ),
    )
