import type { Command } from 'commander'
import { changeDocument, playlistDocument } from '../../api/views/playlist-document.ts'
import type { TrackSearch } from '../../engine/kit/resolve-search.ts'
import { parseName, parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { parseFolders } from '../playlist-reference.ts'
import { printable } from '../printable.ts'
import { parseTracks } from '../track-filter.ts'
import { trackIdsOf } from '../track-ids.ts'
import { UsageError } from '../usage-error.ts'

type Options = {
  readonly folder?: readonly string[]
  readonly from?: TrackSearch
  readonly filter?: TrackSearch
  readonly limit?: number
}

export const playlistCreate = (cli: Cli): Command =>
  cli
    .command({
      name: 'create',
      description: 'Make a playlist of tracks in their order, or a smart one, which finds its tracks by a filter.',
      examples: [
        'algiers playlist create Friday "Summer Nights" 17 42',
        'algiers playlist create Warm-up --from "genre=house&energy_max=4&sort=bpm"',
        'algiers playlist create "Fast techno" --filter "genre=techno&bpm_min=135&sort=rating&order=desc" --limit 50',
      ],
    })
    .argument('<name>', 'of the playlist', parseName)
    .argument('[tracks...]', 'ids, paths or parts of names')
    .option('--folder <path>', 'the folder that it goes into, such as Nights/Friday', parseFolders)
    .option('--from <filter>', 'with all tracks that fit now: words, or a filter such as genre=house', parseTracks)
    .option('--filter <filter>', 'a smart playlist: whatever fits, now and later', parseTracks)
    .option('--limit <number>', 'with --filter: at most so many', parsePositiveInteger)
    .action(
      cli.run(async (terminal, { folder, from, filter, limit }: Options, name: string, tracks: readonly string[]) =>
        cli.withApp(async (app) => {
          if (filter !== undefined && (from !== undefined || tracks.length > 0))
            throw new UsageError('A smart playlist finds its tracks by itself: give --filter alone.')
          if (limit !== undefined && filter === undefined) throw new UsageError('--limit goes with --filter.')
          const { collection } = app
          const found = from === undefined ? [] : (await collection.searchTracks(from)).tracks.map(({ id }) => id)
          const change = await collection.playlists.create({
            name,
            folders: folder,
            trackIds: [...new Set([...(await trackIdsOf(app, tracks)), ...found])],
            filter: filter && { ...filter, limit },
          })
          const made = await collection.playlists.get(change.made[0]!)
          terminal.result({ playlist: playlistDocument(made), ...changeDocument(change) }, () => [
            printable(change.says),
          ])
        }),
      ),
    )
