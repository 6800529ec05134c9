import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import type { RootRemoval } from '../../engine/collection/library-roots.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

type Options = { readonly dryRun?: boolean }

const removalText = ({ going, kept, keptLabels, elsewhere }: Omit<RootRemoval, 'root'>): string =>
  [
    `${countText(going)} ${going === 1 ? 'goes' : 'go'} with it`,
    ...(kept > 0 ? [`${countText(kept)} with your work (${countText(keptLabels, 'label')}) kept as missing`] : []),
    ...(elsewhere > 0 ? [`${countText(elsewhere)} also in another folder`] : []),
  ].join(', ')

export const libraryRemove = (cli: Cli): Command =>
  cli
    .command({
      name: 'remove',
      description:
        'Remove a folder from the library. No file is deleted. Tracks you have labelled, or whose grids you have edited, are kept as missing; the others are removed, and come back when the folder is added again.',
      examples: ['algiers library remove ~/Music/Techno --dry-run', 'algiers library remove 2'],
    })
    .argument('<folder>', 'path or id of the folder')
    .option('--dry-run', 'only say what would go and what would be kept')
    .action(
      cli.run(async (terminal, { dryRun = false }: Options, folder: string) =>
        cli.withApp(async (app) => {
          const { collection } = app
          const { root, ...counts } = await (dryRun ? collection.planRootRemoval : collection.removeRoot)(folder)
          terminal.result({ removed: snakeCase(root), ...snakeCase(counts), dry_run: dryRun }, () => [
            `${dryRun ? 'Would remove' : 'Removed'} ${printable(root.path)}: ${removalText(counts)}.`,
            ...(counts.kept > 0 && !dryRun ? ['List what was kept with: algiers tracks --status missing'] : []),
          ])
        }),
      ),
    )
