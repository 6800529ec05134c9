import type { Command } from 'commander'
import { changeDocument } from '../../api/views/playlist-document.ts'
import type { Cli } from '../cli.ts'
import { playlistOf } from '../playlist-reference.ts'
import { printable } from '../printable.ts'

export const playlistDelete = (cli: Cli): Command =>
  cli
    .command({
      name: 'delete',
      description: 'Remove playlists; their tracks stay in the library. `algiers playlist undo` brings them back.',
      examples: ['algiers playlist delete Friday'],
    })
    .argument('<playlists...>', 'their numbers or names')
    .action(
      cli.run(async (terminal, _options: object, references: readonly string[]) =>
        cli.withApp(async (app) => {
          const named = await Promise.all(references.map((reference) => playlistOf(app, reference)))
          const change = await app.collection.playlists.remove([...new Set(named.map(({ id }) => id))])
          terminal.result(changeDocument(change), () => [printable(change.says)])
        }),
      ),
    )
