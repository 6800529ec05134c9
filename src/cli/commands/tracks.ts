import { type Command, Option } from 'commander'
import { trackDocument } from '../../api/views/track-document.ts'
import { foldTempo } from '../../core/library/fold-tempo.ts'
import { type KeyNotation, keyInNotation } from '../../core/library/key-notation.ts'
import { MOST_STARS, NOTE_COLOURS, type NoteColour } from '../../core/library/track-notes.ts'
import { TRACK_SORTS, type TrackSort } from '../../core/library/track-sorts.ts'
import { TRACK_STANDINGS, type TrackStanding } from '../../core/library/track-standing.ts'
import { clock } from '../../core/units/clock.ts'
import { countText } from '../../core/units/count-text.ts'
import type { TrackOverview } from '../../engine/collection/track-overview.ts'
import { parseNumber, parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { starsText } from '../note-lines.ts'
import { playlistOf } from '../playlist-reference.ts'
import { printable } from '../printable.ts'
import { type Cell, formatTable } from '../table.ts'

/** How the person wants keys and tempi written. */
type Writing = { readonly keyNotation: KeyNotation; readonly bpmRangeFrom: number }

type Options = {
  readonly status: TrackStanding | 'all'
  readonly search?: string
  readonly genre?: string
  readonly path?: string
  readonly format?: string
  readonly rating?: number
  readonly playlist?: string
  readonly colour?: NoteColour
  readonly comment?: string
  readonly tag?: readonly string[]
  readonly anyTag: boolean
  readonly doubtfulGrid?: true
  readonly sort?: TrackSort
  readonly desc: boolean
  readonly limit?: number
}

/** A tempo that was brought into the person's range says what the grid counts. */
const tempoText = (bpm: number, from: number): string => {
  const folded = foldTempo(bpm, from)
  return folded === bpm ? bpm.toFixed(2) : `${folded.toFixed(2)} (${bpm.toFixed(2)})`
}

const keyText = ({ key, camelot }: TrackOverview, notation: KeyNotation): string | null => {
  if (key === null) return null
  return camelot === null ? key : `${key} ${keyInNotation(camelot, notation)}`
}

const row = (track: TrackOverview, { keyNotation, bpmRangeFrom }: Writing): readonly Cell[] => [
  track.id,
  printable(track.artist ? `${track.artist} – ${track.title}` : track.title),
  track.durationSeconds === null ? null : clock(track.durationSeconds),
  track.tempoBpm === null ? null : tempoText(track.tempoBpm, bpmRangeFrom),
  keyText(track, keyNotation),
  track.energy,
  track.labels,
  starsText(track.notes.rating),
  printable(track.notes.myTags.join(', ')),
  track.state,
]

const HEADER = ['id', 'track', 'length', 'BPM', 'key', 'energy', 'labels', 'rating', 'my tags', 'state']

const parseStars = (text: string): number =>
  parseNumber(
    text,
    (value) => Number.isInteger(value) && value >= 1 && value <= MOST_STARS,
    'a whole number from 1 to 5',
  )

const hasFilter = ({ status, anyTag: _, sort: __, desc: ___, limit: ____, ...filters }: Options): boolean =>
  status !== 'present' || Object.keys(filters).some((name) => name !== 'json')

const collect = (tag: string, before: readonly string[] = []): readonly string[] => [...before, tag]

export const tracks = (cli: Cli): Command =>
  cli
    .command({
      name: 'tracks',
      description: 'List the tracks of the library with tempo, key, energy, number of labels, and your own notes.',
      examples: [
        'algiers tracks',
        'algiers tracks --status missing',
        'algiers tracks --rating 4 --tag peak --sort bpm',
        'algiers tracks --json | jq ".tracks[].tempo_bpm"',
      ],
    })
    .addOption(
      new Option('--status <status>', 'only tracks with this status; missing tracks are listed only when asked for')
        .choices([...TRACK_STANDINGS, 'all'])
        .default('present'),
    )
    .option('--search <words>', 'words in title, artist, album, genre, comment, your tags or file name')
    .option('--genre <words>', 'words in the genre')
    .option('--path <words>', 'words in the path')
    .option('--format <format>', 'such as FLAC')
    .option('--playlist <playlist>', 'only tracks of this playlist, by its number or name')
    .option('--rating <stars>', 'at least this many stars', parseStars)
    .addOption(new Option('--colour <colour>', 'only this colour').choices(NOTE_COLOURS))
    .option('--comment <words>', 'words in the comment')
    .option('--tag <tag>', 'one of your own tags; of several, a track must have all', collect)
    .option('--any-tag', 'of several tags, one is enough', false)
    .option('--doubtful-grid', 'only tracks whose estimated tempo may be wrong')
    .addOption(
      new Option('--sort <column>', 'order; by when they were added where left out, or that of the playlist').choices(
        TRACK_SORTS,
      ),
    )
    .option('--desc', 'in reverse order', false)
    .option('--limit <number>', 'how many', parsePositiveInteger)
    .action(
      cli.run(async (terminal, options: Options) =>
        cli.withApp(async (app) => {
          const writing = await app.upkeep.settings.all()
          const playlist = options.playlist === undefined ? undefined : await playlistOf(app, options.playlist)
          const { tracks: found } = await app.collection.searchTracks({
            standing: options.status === 'all' ? undefined : options.status,
            playlistId: playlist?.id,
            text: options.search,
            genre: options.genre,
            path: options.path,
            format: options.format,
            ratingMin: options.rating,
            colours: options.colour && [options.colour],
            comment: options.comment,
            myTags: options.tag,
            myTagsAny: options.anyTag,
            doubtfulGrid: options.doubtfulGrid,
            sort: options.sort ?? (playlist === undefined ? 'added' : 'playlist'),
            descending: options.desc,
            limit: options.limit,
            bpmRangeFrom: writing.bpmRangeFrom,
          })
          terminal.result({ tracks: found.map(trackDocument) }, () => {
            if (found.length > 0)
              return formatTable(
                HEADER,
                found.map((track) => row(track, writing)),
              )
            return hasFilter(options)
              ? ['No tracks match.']
              : ['No tracks yet. Add a folder with: algiers library add <folder>, then: algiers library scan']
          })
          const { missing } = await app.upkeep.health()
          if (options.status === 'present' && missing > 0)
            terminal.note(
              `${countText(missing)} ${missing === 1 ? 'is' : 'are'} missing: algiers tracks --status missing`,
            )
        }),
      ),
    )
