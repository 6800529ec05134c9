import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const libraryUnignore = (cli: Cli): Command =>
  cli
    .command({
      name: 'unignore',
      description: 'Stop ignoring a file, so that the next scan finds it again.',
      examples: ['algiers library unignore 3'],
    })
    .argument('<id>', 'number of the file, as listed by `algiers library ignored`', parsePositiveInteger)
    .action(
      cli.run(async (terminal, _options: object, id: number) =>
        cli.withApp(async (app) => {
          const file = await app.collection.readmitFile(id)
          terminal.result({ file: snakeCase(file) }, () => [
            `${printable(file.path)} is no longer ignored. Read it with: algiers library scan`,
          ])
        }),
      ),
    )
