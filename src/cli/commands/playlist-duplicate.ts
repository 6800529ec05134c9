import type { Command } from 'commander'
import { changeDocument, playlistDocument } from '../../api/views/playlist-document.ts'
import { parseName } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { playlistOf } from '../playlist-reference.ts'
import { printable } from '../printable.ts'

type Options = { readonly name?: string; readonly plain?: true }

export const playlistDuplicate = (cli: Cli): Command =>
  cli
    .command({
      name: 'duplicate',
      description: 'Make another playlist of one.',
      examples: [
        'algiers playlist duplicate Friday',
        'algiers playlist duplicate "Fast techno" --plain --name "Fast, 2026"',
      ],
    })
    .argument('<playlist>', 'its number or name')
    .option('--name <name>', 'of the new one', parseName)
    .option('--plain', 'of a smart playlist: with the tracks that it finds now')
    .action(
      cli.run(async (terminal, { name, plain }: Options, reference: string) =>
        cli.withApp(async (app) => {
          const { playlists } = app.collection
          const { id } = await playlistOf(app, reference)
          const change = await playlists.duplicate(id, { name, isPlain: plain })
          const playlist = playlistDocument(await playlists.get(change.made[0]!))
          terminal.result({ playlist, ...changeDocument(change) }, () => [printable(change.says)])
        }),
      ),
    )
