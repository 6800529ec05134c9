import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const libraryIgnored = (cli: Cli): Command =>
  cli
    .command({
      name: 'ignored',
      description: 'List the files that scans pass over.',
      examples: ['algiers library ignored'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const files = await app.collection.ignoredFiles()
          terminal.result({ ignored_files: snakeCase(files) }, () =>
            files.length === 0
              ? ['No files are ignored.']
              : formatTable(
                  ['id', 'track', 'file'],
                  files.map(({ id, title, path }) => [id, printable(title), printable(path)]),
                ),
          )
        }),
      ),
    )
