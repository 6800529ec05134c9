import type { Command } from 'commander'
import { changeDocument, playlistDocument } from '../../api/views/playlist-document.ts'
import type { Cli } from '../cli.ts'
import { playlistOf } from '../playlist-reference.ts'
import { printable } from '../printable.ts'

export const playlistFreeze = (cli: Cli): Command =>
  cli
    .command({
      name: 'freeze',
      description: 'Make a plain playlist of a smart one, with the tracks that it finds now.',
      examples: ['algiers playlist freeze "Fast techno"'],
    })
    .argument('<playlist>', 'its number or name')
    .action(
      cli.run(async (terminal, _options: object, reference: string) =>
        cli.withApp(async (app) => {
          const { playlists } = app.collection
          const { id } = await playlistOf(app, reference)
          const change = await playlists.freeze(id)
          const playlist = playlistDocument(await playlists.get(id))
          terminal.result({ playlist, ...changeDocument(change) }, () => [
            change === null ? 'It is a plain playlist already.' : printable(change.says),
          ])
        }),
      ),
    )
