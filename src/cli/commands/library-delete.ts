import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { UsageError } from '../usage-error.ts'

export const libraryDelete = (cli: Cli): Command =>
  cli
    .command({
      name: 'delete',
      description:
        'Delete the library: labels, grids, playlists, sets, models, settings, copies and log. Your music files stay.',
      examples: ['algiers library delete --yes'],
    })
    .option('--yes', 'do it: it cannot be taken back')
    .action(
      cli.run(async (terminal, { yes = false }: { readonly yes?: boolean }) => {
        if (!yes)
          throw new UsageError(
            `This deletes the library in ${cli.dataDir} with its labels, models and copies, for good. Add --yes if you mean it.`,
          )
        const left = await cli.withTools((tools) => tools.eraseLibrary())
        if (left === null)
          return terminal.result({ deleted: null, left: [] }, () => [
            `There is no library in ${cli.dataDir}, so that nothing was deleted.`,
          ])
        terminal.result({ deleted: cli.dataDir, left }, () => [
          left.length === 0
            ? `Deleted ${cli.dataDir}. Your music files are as they were.`
            : `Deleted the library in ${cli.dataDir}. What is not of Algiers is still there: ${left.join(', ')}.`,
        ])
      }),
    )
