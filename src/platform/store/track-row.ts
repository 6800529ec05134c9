import { basename } from 'node:path'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import { parseKey } from '../../core/library/key-notation.ts'
import { foldText } from '../../core/library/search-text.ts'
import { type TagReading, tagsAs } from '../../core/library/tag-readings.ts'
import { titleOfFileName } from '../../core/library/title-of-file-name.ts'
import { NOTE_COLOURS } from '../../core/library/track-notes.ts'
import { EMPTY_TAGS, type TrackTags } from '../../core/library/track-tags.ts'
import { isDoubtfulGrid } from '../../core/quality/doubtful-estimates.ts'
import type { TrackFacts } from '../../core/quality/track-facts.ts'
import { prepared } from './database.ts'
import { readNotes } from './note-rows.ts'

type Source = {
  readonly id: number
  readonly tags: string
  readonly tagReading: TagReading | null
  /** Absolute paths with slashes, one a line. */
  readonly paths: string | null
  readonly lastPath: string | null
  readonly grid: string | null
  readonly facts: string | null
  readonly durationSeconds: number | null
  readonly addedAt: string
}

const SOURCE = `
  SELECT tracks.id AS id, tracks.tags AS tags, tracks.tag_reading AS tagReading, tracks.last_path AS lastPath,
    tracks.added_at AS addedAt,
    (SELECT group_concat(path, char(10)) FROM (SELECT roots.path || '/' || locations.path AS path
      FROM locations JOIN roots ON roots.id = root_id WHERE track_id = tracks.id
      ORDER BY missing_since IS NOT NULL, locations.id)) AS paths,
    (SELECT grid FROM grids WHERE track_id = tracks.id ORDER BY version DESC LIMIT 1) AS grid,
    analyses.facts AS facts, analyses.duration_seconds AS durationSeconds
  FROM tracks LEFT JOIN analyses ON analyses.track_id = tracks.id WHERE tracks.id = ?`

/** Tags as a person wants them read; those that an earlier version kept lack what it did not read. */
export const parseTags = (json: string, reading: TagReading | null): TrackTags =>
  tagsAs({ ...EMPTY_TAGS, ...(JSON.parse(json) as Partial<TrackTags>) }, reading)

const folded = (text: string | null): string | null => (text === null ? null : foldText(text))

/** Every column of a row: texts are folded, and what is not known is null. */
const columnsOf = (
  database: DatabaseSync,
  trackId: number,
  source: Source,
): Readonly<Record<string, SQLInputValue>> => {
  const tags = parseTags(source.tags, source.tagReading)
  const paths = (source.paths ?? source.lastPath)?.split('\n') ?? []
  const names = paths.map((path) => basename(path))
  const facts = source.facts === null ? null : (JSON.parse(source.facts) as TrackFacts)
  const grid = source.grid === null ? null : (JSON.parse(source.grid) as BeatGrid)
  const notes = readNotes(database, [trackId]).get(trackId)!
  const comment = notes.comment ?? tags.comment
  const searched = [tags.title, tags.artist, tags.album, tags.genre, comment, ...notes.myTags, ...names]
  return {
    title_key: foldText(
      tags.title || (names[0] === undefined ? `Untitled track ${source.id}` : titleOfFileName(names[0])),
    ),
    artist_key: folded(tags.artist || null),
    search_text: foldText(searched.filter((text) => text !== null).join('\n')),
    bpm: grid && mainTempo(grid),
    camelot: facts?.camelot ?? null,
    energy: facts?.energy ?? null,
    duration_seconds: source.durationSeconds,
    genre_key: folded(tags.genre),
    year: tags.year,
    tag_bpm: tags.bpm,
    tag_camelot: tags.key === null ? null : parseKey(tags.key),
    added_at: source.addedAt,
    bit_rate_kbps: tags.bitRateKbps,
    format: tags.format,
    loudness_lufs: facts?.loudnessLufs ?? null,
    path_key: folded(paths[0] ?? null),
    doubtful_grid: grid && Number(isDoubtfulGrid(grid)),
    rating: notes.rating ?? tags.rating,
    colour: notes.colour === null ? null : NOTE_COLOURS.indexOf(notes.colour),
    comment_key: folded(comment),
    my_tags_key: notes.myTags.length === 0 ? null : foldText(notes.myTags.join('\n')),
  }
}

/** Brings a track's search row up to date; call it wherever the recorded facts change. */
export const refreshTrackRow = (database: DatabaseSync, trackId: number): void => {
  const source = prepared(database, SOURCE).get(trackId) as Source | undefined
  if (!source) return
  const row = { track_id: trackId, ...columnsOf(database, trackId, source) }
  const names = Object.keys(row)
  const places = names.map(() => '?').join(', ')
  prepared(database, `INSERT OR REPLACE INTO track_rows (${names.join(', ')}) VALUES (${places})`).run(
    ...Object.values(row),
  )
}

/** Adds rows for tracks from before there were such rows. */
export const fillTrackRows = (database: DatabaseSync): void => {
  const missing = database
    .prepare('SELECT id FROM tracks WHERE NOT EXISTS (SELECT 1 FROM track_rows WHERE track_id = tracks.id)')
    .all() as { id: number }[]
  if (missing.length === 0) return
  database.exec('BEGIN IMMEDIATE')
  for (const { id } of missing) refreshTrackRow(database, id)
  database.exec('COMMIT')
}
