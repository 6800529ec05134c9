import type { Command } from 'commander'
import { changeDocument, playlistDocument } from '../../api/views/playlist-document.ts'
import type { TrackSearch } from '../../engine/kit/resolve-search.ts'
import { parseName, parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { parseFolders, playlistOf } from '../playlist-reference.ts'
import { printable } from '../printable.ts'
import { parseTracks } from '../track-filter.ts'
import { UsageError } from '../usage-error.ts'

type Options = {
  readonly name?: string
  readonly folder?: readonly string[]
  readonly filter?: TrackSearch
  readonly limit?: number
  readonly before?: string
  readonly last?: true
}

export const playlistEdit = (cli: Cli): Command =>
  cli
    .command({
      name: 'edit',
      description: 'Rename a playlist, move it, or change the filter of a smart one.',
      examples: [
        'algiers playlist edit Friday --name Saturday',
        'algiers playlist edit Friday --folder Nights/2026',
        'algiers playlist edit "Fast techno" --filter "genre=techno&bpm_min=140"',
      ],
    })
    .argument('<playlist>', 'its number or name')
    .option('--name <name>', 'its new name', parseName)
    .option('--folder <path>', 'the folder that it goes into, such as Nights/Friday; "" for none', parseFolders)
    .option('--filter <filter>', 'of a smart playlist', parseTracks)
    .option('--limit <number>', 'with --filter: at most so many', parsePositiveInteger)
    .option('--before <playlist>', 'the playlist that it comes to stand in front of')
    .option('--last', 'comes to stand behind all others')
    .action(
      cli.run(async (terminal, { name, folder, filter, limit, before, last }: Options, reference: string) =>
        cli.withApp(async (app) => {
          if (limit !== undefined && filter === undefined) throw new UsageError('--limit goes with --filter.')
          const { playlists } = app.collection
          const { id } = await playlistOf(app, reference)
          const change = await playlists.edit(id, {
            name,
            folders: folder,
            filter: filter && { ...filter, limit },
            before: last ? null : before === undefined ? undefined : (await playlistOf(app, before)).id,
          })
          const after = playlistDocument(await playlists.get(id))
          terminal.result({ playlist: after, ...changeDocument(change) }, () => [
            change === null ? 'Nothing had to change.' : printable(change.says),
          ])
        }),
      ),
    )
