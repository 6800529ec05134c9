import type { Command } from 'commander'
import { changeDocument, playlistDocument } from '../../api/views/playlist-document.ts'
import type { TrackSearch } from '../../engine/kit/resolve-search.ts'
import type { Cli } from '../cli.ts'
import { playlistOf } from '../playlist-reference.ts'
import { printable } from '../printable.ts'
import { parseTracks } from '../track-filter.ts'
import { trackIdsOf } from '../track-ids.ts'
import { UsageError } from '../usage-error.ts'

type Options = { readonly before?: string; readonly from?: TrackSearch }

export const playlistAdd = (cli: Cli): Command =>
  cli
    .command({
      name: 'add',
      description: 'Put tracks into a playlist; those that are in it stay where they are.',
      examples: [
        'algiers playlist add Friday "Summer Nights" 42',
        'algiers playlist add Friday --from "rating_min=4&genre=house"',
        'algiers playlist add Friday 42 --before 17',
      ],
    })
    .argument('<playlist>', 'its number or name')
    .argument('[tracks...]', 'ids, paths or parts of names')
    .option('--from <filter>', 'all tracks that fit: words, or a filter such as genre=house', parseTracks)
    .option('--before <track>', 'the track that they come to stand in front of; at the end where left out')
    .action(
      cli.run(async (terminal, { before, from }: Options, reference: string, tracks: readonly string[]) =>
        cli.withApp(async (app) => {
          if (from === undefined && tracks.length === 0) throw new UsageError('Name tracks, or give --from.')
          const { playlists } = app.collection
          const { id } = await playlistOf(app, reference)
          const found = from === undefined ? [] : (await app.collection.searchTracks(from)).tracks.map((one) => one.id)
          const { change, already } = await playlists.add(id, {
            trackIds: [...(await trackIdsOf(app, tracks)), ...found],
            before: before === undefined ? null : (await trackIdsOf(app, [before]))[0]!,
          })
          const playlist = playlistDocument(await playlists.get(id))
          terminal.result({ playlist, ...changeDocument(change), already }, () => [
            change === null ? 'Nothing was added: all of them are in it already.' : printable(change.says),
          ])
        }),
      ),
    )
