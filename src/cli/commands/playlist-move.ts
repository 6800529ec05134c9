import type { Command } from 'commander'
import { changeDocument, playlistDocument } from '../../api/views/playlist-document.ts'
import type { Cli } from '../cli.ts'
import { playlistOf } from '../playlist-reference.ts'
import { printable } from '../printable.ts'
import { trackIdsOf } from '../track-ids.ts'

type Options = { readonly before?: string }

export const playlistMove = (cli: Cli): Command =>
  cli
    .command({
      name: 'move',
      description: 'Move tracks of a playlist in front of another, or to its end.',
      examples: ['algiers playlist move Friday 42 --before 17', 'algiers playlist move Friday "Summer Nights"'],
    })
    .argument('<playlist>', 'its number or name')
    .argument('<tracks...>', 'ids, paths or parts of names')
    .option('--before <track>', 'the track that they come to stand in front of; at the end where left out')
    .action(
      cli.run(async (terminal, { before }: Options, reference: string, tracks: readonly string[]) =>
        cli.withApp(async (app) => {
          const { playlists } = app.collection
          const { id } = await playlistOf(app, reference)
          const change = await playlists.move(id, {
            trackIds: await trackIdsOf(app, tracks),
            before: before === undefined ? null : (await trackIdsOf(app, [before]))[0]!,
          })
          const playlist = playlistDocument(await playlists.get(id))
          terminal.result({ playlist, ...changeDocument(change) }, () => [
            change === null ? 'They stand there already.' : printable(change.says),
          ])
        }),
      ),
    )
