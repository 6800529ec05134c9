import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const libraryList = (cli: Cli): Command =>
  cli
    .command({ name: 'list', description: 'List the folders of the library.', examples: ['algiers library list'] })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const roots = await app.collection.listRoots()
          terminal.result({ roots: snakeCase(roots) }, () => {
            if (roots.length === 0) return ['The library has no folders. Add one with: algiers library add <folder>']
            return formatTable(
              ['id', 'folder', 'last scan', 'state'],
              roots.map((root) => [
                root.id,
                printable(root.path),
                root.scannedAt?.slice(0, 16).replace('T', ' ') ?? null,
                root.offlineSince ? 'offline' : root.scannedAt ? 'ok' : 'not scanned',
              ]),
            )
          })
        }),
      ),
    )
