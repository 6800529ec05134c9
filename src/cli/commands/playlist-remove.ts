import type { Command } from 'commander'
import { changeDocument, playlistDocument } from '../../api/views/playlist-document.ts'
import type { Cli } from '../cli.ts'
import { playlistOf } from '../playlist-reference.ts'
import { printable } from '../printable.ts'
import { trackIdsOf } from '../track-ids.ts'

export const playlistRemove = (cli: Cli): Command =>
  cli
    .command({
      name: 'remove',
      description: 'Take tracks out of a playlist; they stay in the library.',
      examples: ['algiers playlist remove Friday "Summer Nights"'],
    })
    .argument('<playlist>', 'its number or name')
    .argument('<tracks...>', 'ids, paths or parts of names')
    .action(
      cli.run(async (terminal, _options: object, reference: string, tracks: readonly string[]) =>
        cli.withApp(async (app) => {
          const { playlists } = app.collection
          const { id } = await playlistOf(app, reference)
          const change = await playlists.takeOut(id, await trackIdsOf(app, tracks))
          const playlist = playlistDocument(await playlists.get(id))
          terminal.result({ playlist, ...changeDocument(change) }, () => [
            change === null ? 'None of them is in it.' : printable(change.says),
          ])
        }),
      ),
    )
