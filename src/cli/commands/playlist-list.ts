import type { Command } from 'commander'
import { playlistDocument } from '../../api/views/playlist-document.ts'
import type { Cli } from '../cli.ts'
import { playlistPath } from '../playlist-reference.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const playlistList = (cli: Cli): Command =>
  cli.command({ name: 'list', description: 'List the playlists.', examples: ['algiers playlist list'] }).action(
    cli.run(async (terminal) =>
      cli.withApp(async (app) => {
        const playlists = (await app.collection.playlists.list()).map((one) => ({ one, shown: playlistDocument(one) }))
        terminal.result({ playlists: playlists.map(({ shown }) => shown) }, () =>
          playlists.length === 0
            ? ['No playlists yet. Make one with: algiers playlist create <name>']
            : formatTable(
                ['id', 'playlist', 'tracks', 'filter'],
                playlists.map(({ one, shown: { filter, problem } }) => [
                  one.id,
                  playlistPath(one),
                  one.tracks,
                  printable(problem ?? filter ?? ''),
                ]),
              ),
        )
      }),
    ),
  )
