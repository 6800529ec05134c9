import type { Command } from 'commander'
import { playlistDocument } from '../../api/views/playlist-document.ts'
import { trackDocument } from '../../api/views/track-document.ts'
import { countText } from '../../core/units/count-text.ts'
import type { Cli } from '../cli.ts'
import { playlistOf, playlistPath } from '../playlist-reference.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const playlistShow = (cli: Cli): Command =>
  cli
    .command({
      name: 'show',
      description: 'Show the tracks of a playlist, in their order.',
      examples: ['algiers playlist show Friday', 'algiers playlist show 3 --json | jq ".tracks[].title"'],
    })
    .argument('<playlist>', 'its number or name')
    .action(
      cli.run(async (terminal, _options: object, reference: string) =>
        cli.withApp(async (app) => {
          const { id } = await playlistOf(app, reference)
          const details = await app.collection.playlists.get(id)
          const { missing, repeats, problem } = details
          const tracks =
            problem === null ? (await app.collection.searchTracks({ playlistId: id, sort: 'playlist' })).tracks : []
          terminal.result({ ...playlistDocument(details), missing, repeats, tracks: tracks.map(trackDocument) }, () => [
            `${playlistPath(details)}: ${countText(tracks.length)}`,
            ...formatTable(
              ['place', 'id', 'track', 'BPM', 'key', 'energy', 'state'],
              tracks.map((track, at) => [
                at + 1,
                track.id,
                printable(track.artist ? `${track.artist} – ${track.title}` : track.title),
                track.tempoBpm === null ? null : track.tempoBpm.toFixed(1),
                track.camelot,
                track.energy,
                track.state,
              ]),
            ),
          ])
          if (problem !== null) terminal.note(problem)
          if (missing > 0)
            terminal.note(`${countText(missing)} ${missing === 1 ? 'has no file' : 'have no files'} any more.`)
          if (repeats > 0) terminal.note(`${countText(repeats, 'place')} more with a track that is listed already.`)
        }),
      ),
    )
