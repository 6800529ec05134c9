import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const setVersions = (cli: Cli): Command =>
  cli
    .command({
      name: 'versions',
      description: 'List the versions of a set, the newest first; every change made one.',
      examples: ['algiers set versions 3'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .action(
      cli.run(async (terminal, _options: object, id: number) =>
        cli.withApp(async (app) => {
          const versions = await app.sets.kept.versions(id)
          terminal.result(snakeCase(versions), () =>
            formatTable(
              ['version', 'made', 'tracks', 'what was done'],
              versions.map(({ version, createdAt, tracks, change }) => [
                version,
                createdAt.slice(0, 16).replace('T', ' '),
                tracks,
                printable(change),
              ]),
            ),
          )
        }),
      ),
    )
