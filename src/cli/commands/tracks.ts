import type { Command } from 'commander'
import { trackDocument } from '../../api/views/track-document.ts'
import type { TrackOverview } from '../../engine/collection/track-overview.ts'
import type { Cli } from '../cli.ts'
import { clock } from '../clock.ts'
import { printable } from '../printable.ts'
import { type Cell, formatTable } from '../table.ts'

const row = (track: TrackOverview): readonly Cell[] => [
  track.id,
  printable(track.artist ? `${track.artist} – ${track.title}` : track.title),
  track.durationSeconds === null ? null : clock(track.durationSeconds),
  track.tempoBpm === null ? null : track.tempoBpm.toFixed(2),
  track.key === null ? null : `${track.key} ${track.camelot ?? ''}`,
  track.energy,
  track.labels,
  track.state,
]

export const tracks = (cli: Cli): Command =>
  cli
    .command({
      name: 'tracks',
      description: 'List the tracks of the library with tempo, key, energy and number of labels.',
      examples: ['algiers tracks', 'algiers tracks --json | jq ".tracks[].tempo_bpm"'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const overview = await app.collection.listTracks()
          terminal.result({ tracks: overview.map(trackDocument) }, () =>
            overview.length === 0
              ? ['No tracks yet. Add a folder with: algiers library add <folder>, then: algiers library scan']
              : formatTable(['id', 'track', 'length', 'BPM', 'key', 'energy', 'labels', 'state'], overview.map(row)),
          )
        }),
      ),
    )
