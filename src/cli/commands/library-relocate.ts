import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { trackIdsOf } from '../track-ids.ts'

export const libraryRelocate = (cli: Cli): Command =>
  cli
    .command({
      name: 'relocate',
      description:
        'Look for tracks in a file or folder by their audio, whatever the files are called. If no tracks are named, look for all missing ones.',
      examples: ['algiers library relocate ~/Music/Techno-2026', 'algiers library relocate ~/Music/night.flac 12'],
    })
    .argument('<place>', 'file or folder; one outside your folders is added to them')
    .argument('[track...]', 'ids, digests, paths or parts of names')
    .action(
      cli.run(async (terminal, _options: object, place: string, references: readonly string[]) =>
        cli.withApp(async (app) => {
          const ids = references.length === 0 ? undefined : await trackIdsOf(app, references)
          const found = await app.collection.relocateTracks(place, ids)
          terminal.result(snakeCase(found), () => [
            ...found.relocated.map(({ trackId, path }) => `${trackId}  ${printable(path)}`),
            `Found: ${found.relocated.length}. Not found: ${found.notFound.length}.`,
            ...(found.addedRoot === null
              ? []
              : [`Added the folder ${printable(found.addedRoot.path)}. Read the rest with: algiers library scan`]),
          ])
          return found.notFound.length > 0 ? 3 : 0
        }),
      ),
    )
