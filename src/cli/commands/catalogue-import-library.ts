import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { parseName } from '../argument-parsers.ts'
import { type CatalogueOptions, withCatalogueOption, withKeeper } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'
import { keptAsideLines, leftAloneLines } from '../move-lines.ts'
import { printable } from '../printable.ts'

type Options = CatalogueOptions & { readonly team: string; readonly name: string }

export const catalogueImportLibrary = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'import-library',
      description:
        'Give a team what the library on this machine holds: labels, decisions on suggestions, grids, notes, playlists and model versions. What the team has made itself stays. The library stays as it is, and gets a mark by which it is known the next time.',
      examples: ['algiers catalogue import-library --team radio'],
    }),
  )
    .requiredOption('--team <name>', 'whose it is then', parseName)
    .option('--name <name>', 'what the library is called there, where a team has more than one', parseName, 'library')
    .action(
      cli.run(async (terminal, { team, name, ...options }: Options) =>
        withKeeper(options, async (keeper) => {
          const { signal } = terminal
          const brought = await keeper.importLibrary({ folder: cli.dataDir, team, name, signal })
          const { tracks, notes, playlists, notAnalysed, versions, renumbered, damaged } = brought
          terminal.result(snakeCase(brought), () => [
            `${printable(team)} has the work on ${countText(tracks, 'track')}, the notes of ${countText(notes)}, ${countText(playlists, 'playlist')} and ${countText(versions, 'model version')} of the library.`,
            ...renumbered.map(({ from, to }) => `v${from} is v${to} there, since the team has another v${from}.`),
            ...damaged.map((version) => `v${version} is damaged, so it stays in the library only.`),
            ...(notAnalysed > 0
              ? [
                  `${countText(notAnalysed, 'track')} not analysed there yet: add the folder or bucket that has the files.`,
                ]
              : []),
            ...leftAloneLines(brought),
            ...keptAsideLines(brought.keptAside),
          ])
        }),
      ),
    )
