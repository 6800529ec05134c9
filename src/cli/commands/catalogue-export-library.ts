import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { parseName, parsePath } from '../argument-parsers.ts'
import { type CatalogueOptions, withCatalogueOption, withKeeper } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'
import { leftBehindLines } from '../move-lines.ts'
import { printable } from '../printable.ts'

type Options = CatalogueOptions & { readonly team: string; readonly name: string }

export const catalogueExportLibrary = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'export-library',
      description:
        'Make a library of what a team has in the catalogue. One that was imported comes out again, brought up to date; otherwise it is a new one.',
      examples: ['algiers catalogue export-library ~/algiers-radio --team radio'],
    }),
  )
    .argument('<folder>', 'folder for the data of the library, where none is yet', parsePath)
    .requiredOption('--team <name>', 'whose work it is', parseName)
    .option('--name <name>', 'which of the libraries of the team', parseName, 'library')
    .action(
      cli.run(async (terminal, { team, name, ...options }: Options, folder: string) =>
        withKeeper(options, async (keeper) => {
          const { signal } = terminal
          const brought = await keeper.exportLibrary({ folder, team, name, signal })
          const { tracks, notes, playlists, versions, isContinued, leftBehind } = brought
          terminal.result(snakeCase(brought), () => [
            isContinued ? 'The library that was imported, brought up to date:' : 'A new library:',
            `the work on ${countText(tracks, 'track')}, the notes of ${countText(notes)}, ${countText(playlists, 'playlist')} and ${countText(versions, 'model version')}, in ${printable(folder)}.`,
            ...leftBehindLines(leftBehind),
            'Open it with the variable ALGIERS_DATA_DIR.',
            ...(isContinued ? [] : ['Add the folder with the music there: tracks are found by their sound.']),
          ])
        }),
      ),
    )
