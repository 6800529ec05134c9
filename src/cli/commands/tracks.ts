import { type Command, Option } from 'commander'
import { trackDocument } from '../../api/views/track-document.ts'
import { TRACK_STANDINGS, type TrackStanding } from '../../core/library/track-standing.ts'
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

type Options = { readonly status: TrackStanding | 'all' }

export const tracks = (cli: Cli): Command =>
  cli
    .command({
      name: 'tracks',
      description: 'List the tracks of the library with tempo, key, energy and number of labels.',
      examples: [
        'algiers tracks',
        'algiers tracks --status missing',
        'algiers tracks --json | jq ".tracks[].tempo_bpm"',
      ],
    })
    .addOption(
      new Option('--status <status>', 'only those that stand so; missing tracks are listed only where asked for')
        .choices([...TRACK_STANDINGS, 'all'])
        .default('present'),
    )
    .action(
      cli.run(async (terminal, { status }: Options) =>
        cli.withApp(async (app) => {
          const overview = await app.collection.listTracks(status === 'all' ? undefined : status)
          terminal.result({ tracks: overview.map(trackDocument) }, () =>
            overview.length === 0
              ? status === 'present'
                ? ['No tracks yet. Add a folder with: algiers library add <folder>, then: algiers library scan']
                : [`No track is ${status.replace('_', ' ')}.`]
              : formatTable(['id', 'track', 'length', 'BPM', 'key', 'energy', 'labels', 'state'], overview.map(row)),
          )
          const { missing } = await app.upkeep.health()
          if (status === 'present' && missing > 0)
            terminal.note(
              `${missing === 1 ? '1 track is' : `${missing} tracks are`} missing: algiers tracks --status missing`,
            )
        }),
      ),
    )
