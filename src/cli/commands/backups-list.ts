import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { formatTable } from '../table.ts'

/** Opens no library, since a person may be looking for a copy of a damaged one. */
export const backupsList = (cli: Cli): Command =>
  cli
    .command({
      name: 'list',
      description: 'List the copies of the library, newest first.',
      examples: ['algiers backups list'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withTools(async (tools) => {
          const { folder, backups } = await tools.backups.list()
          terminal.result({ folder, backups: snakeCase(backups) }, () =>
            backups.length === 0
              ? ['No copies yet. The server makes one a day. To make one now: algiers backups make']
              : formatTable(
                  ['name', 'made', 'labels', 'tracks', 'bytes'],
                  backups.map(({ name, madeAt, holds, bytes }) => [
                    name,
                    madeAt.slice(0, 16).replace('T', ' '),
                    holds?.labels ?? null,
                    holds?.tracks ?? null,
                    bytes,
                  ]),
                ),
          )
        }),
      ),
    )
