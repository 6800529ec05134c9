import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const exchangeList = (cli: Cli): Command =>
  cli
    .command({
      name: 'list',
      description: 'List what was brought in from other DJ programs, and what has become of it.',
      examples: ['algiers exchange list'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const imports = await app.exchange.libraries.imports()
          terminal.result({ imports: imports.map((one) => snakeCase(one)) }, () =>
            formatTable(
              ['import', 'program', 'from', 'when', 'suggested', 'open', 'accepted', 'rejected', 'playlists', ''],
              imports.map((one) => [
                one.id,
                printable(one.program),
                printable(one.source),
                one.importedAt.slice(0, 16).replace('T', ' '),
                one.suggestions,
                one.open,
                one.accepted,
                one.rejected,
                one.playlists,
                one.undoneAt === null ? '' : 'taken back',
              ]),
            ),
          )
        }),
      ),
    )
