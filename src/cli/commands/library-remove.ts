import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const libraryRemove = (cli: Cli): Command =>
  cli
    .command({
      name: 'remove',
      description:
        'Forget a folder. No file is deleted; tracks, grids and labels are kept and return when it is added again.',
      examples: ['algiers library remove ~/Music/Techno', 'algiers library remove 2'],
    })
    .argument('<folder>', 'path or id of the folder')
    .action(
      cli.run(async (terminal, _options: object, folder: string) =>
        cli.withApp(async (app) => {
          const root = await app.collection.removeRoot(folder)
          terminal.result({ removed: snakeCase(root) }, () => [`Removed ${printable(root.path)}.`])
        }),
      ),
    )
