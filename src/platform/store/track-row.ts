import { basename } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import { foldText } from '../../core/library/search-text.ts'
import { type TagReading, tagsAs } from '../../core/library/tag-readings.ts'
import { EMPTY_TAGS, type TrackTags } from '../../core/library/track-tags.ts'
import type { TrackFacts } from '../../core/quality/track-facts.ts'

type Source = {
  readonly id: number
  readonly tags: string
  readonly tagReading: TagReading | null
  /** Relative paths with slashes, one a line. */
  readonly paths: string | null
  readonly lastPath: string | null
  readonly grid: string | null
  readonly facts: string | null
  readonly durationSeconds: number | null
}

const SOURCE = `
  SELECT tracks.id AS id, tracks.tags AS tags, tracks.tag_reading AS tagReading, tracks.last_path AS lastPath,
    (SELECT group_concat(path, char(10)) FROM (SELECT path FROM locations WHERE track_id = tracks.id
      ORDER BY missing_since IS NOT NULL, id)) AS paths,
    (SELECT grid FROM grids WHERE track_id = tracks.id ORDER BY version DESC LIMIT 1) AS grid,
    analyses.facts AS facts, analyses.duration_seconds AS durationSeconds
  FROM tracks LEFT JOIN analyses ON analyses.track_id = tracks.id WHERE tracks.id = ?`

/** Tags as a person wants them read; those that an earlier version kept lack what it did not read. */
export const parseTags = (json: string, reading: TagReading | null): TrackTags =>
  tagsAs({ ...EMPTY_TAGS, ...(JSON.parse(json) as Partial<TrackTags>) }, reading)

/** Brings a track's search row up to date; call it wherever the recorded facts change. */
export const refreshTrackRow = (database: DatabaseSync, trackId: number): void => {
  const source = database.prepare(SOURCE).get(trackId) as Source | undefined
  if (!source) return
  const tags = parseTags(source.tags, source.tagReading)
  const names = (source.paths ?? source.lastPath ?? '').split('\n').map((path) => basename(path))
  const facts = source.facts === null ? null : (JSON.parse(source.facts) as TrackFacts)
  const searched = [tags.title, tags.artist, tags.album, tags.genre, ...names].filter((text) => text !== null)
  database
    .prepare(
      `INSERT OR REPLACE INTO track_rows
         (track_id, title_key, artist_key, search_text, bpm, camelot, energy, duration_seconds)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      trackId,
      foldText(tags.title || names[0] || `Untitled track ${source.id}`),
      tags.artist ? foldText(tags.artist) : null,
      foldText(searched.join('\n')),
      source.grid === null ? null : mainTempo(JSON.parse(source.grid) as BeatGrid),
      facts?.camelot ?? null,
      facts?.energy ?? null,
      source.durationSeconds,
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
