import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parsePath } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const libraryAdd = (cli: Cli): Command =>
  cli
    .command({
      name: 'add',
      description: 'Add a folder of music to the library. Its files are only ever read.',
      examples: ['algiers library add ~/Music/Techno', 'algiers library scan'],
    })
    .argument('<folder>', 'folder that holds the music', parsePath)
    .action(
      cli.run(async (terminal, _options: object, folder: string) =>
        cli.withApp(async (app) => {
          const root = await app.collection.addRoot(folder)
          terminal.result({ root: snakeCase(root) }, () => [
            `Added ${printable(root.path)}. Read it with: algiers library scan`,
          ])
        }),
      ),
    )
