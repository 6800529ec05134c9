import { posix } from 'node:path'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import { foldText } from '../../core/library/search-text.ts'
import { titleOfFileName } from '../../core/library/title-of-file-name.ts'
import type { TrackTags } from '../../core/library/track-tags.ts'
import type { QualityFlag } from '../../core/quality/quality-flag.ts'
import type { TrackFacts } from '../../core/quality/track-facts.ts'
import type { Section } from '../../core/sections/decode-sections.ts'
import type { HeardTag } from '../../core/tags/heard-tags.ts'
import type { TagPrecision } from '../../core/tags/tag-precision.ts'
import type { Sql } from './connect.ts'
import { halfvecText } from './nearest-rows.ts'
import { putSharedSounds, type SoundedPart } from './section-sound-rows.ts'
import { storableJson } from './storable.ts'

/** What lists are sorted by: an index takes no more of two names than fits into a third of a page. */
const sortKey = (text: string): string => foldText(text).slice(0, KEY_LENGTH)
const KEY_LENGTH = 300

const folded = (text: string | null): string | null => (text ? sortKey(text) : null)

/** Records a recording that a file holds: the same audio is the same track, wherever it lies. @returns its id */
export const putTrack = async (
  sql: Sql,
  { audioDigest, tags, path }: { readonly audioDigest: string; readonly tags: TrackTags; readonly path: string },
): Promise<number> => {
  const name = posix.basename(path)
  const searched = [tags.title, tags.artist, tags.album, tags.genre, tags.comment, name].filter((text) => text !== null)
  const [row] = await sql<{ id: number }>(
    `INSERT INTO algiers.tracks AS track (audio_digest, tags, last_path, title_key, artist_key, genre_key, search_text, year)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (audio_digest) DO UPDATE SET tags = excluded.tags, last_path = excluded.last_path, title_key = excluded.title_key,
       artist_key = excluded.artist_key, genre_key = excluded.genre_key, search_text = excluded.search_text, year = excluded.year
     RETURNING id`,
    [
      audioDigest,
      storableJson(tags),
      path,
      sortKey(tags.title || titleOfFileName(name)),
      folded(tags.artist),
      folded(tags.genre),
      foldText(searched.join('\n')),
      tags.year,
    ],
  )
  return row!.id
}

/** What a network heard of a recording as a whole. */
type HeardWhole = {
  readonly packDigest: string
  readonly embedding: Float32Array
  readonly tags: readonly (Pick<HeardTag, 'tag' | 'group' | 'probability'> & { readonly share: number })[]
  readonly flags: { readonly version: number; readonly flags: readonly QualityFlag[] }
}

export type AnalysisResult = {
  readonly trackId: number
  readonly audioDigest: string
  /** Of everything that an analysis does. */
  readonly spec: string
  readonly featureSpec: string
  readonly grid: BeatGrid
  readonly gridDigest: string
  readonly durationSeconds: number
  readonly facts: TrackFacts
  readonly vector: Float32Array
  readonly heard: HeardWhole | null
  readonly sections: {
    readonly version: number
    readonly spec: string
    readonly sections: readonly Section[]
    /** How each sounds; none where no network has heard it. */
    readonly sounds: readonly SoundedPart[]
  } | null
}

/** Whether this recording was analysed so already. */
export const hasResult = async (sql: Sql, audioDigest: string, spec: string): Promise<boolean> =>
  (await sql('SELECT 1 FROM algiers.analyses WHERE audio_digest = $1 AND spec = $2', [audioDigest, spec])).length > 0

const putHeard = async (sql: Sql, trackId: number, { tags }: HeardWhole): Promise<void> => {
  await sql('DELETE FROM algiers.heard_tags WHERE track_id = $1', [trackId])
  await sql(
    `INSERT INTO algiers.heard_tags SELECT $1, tag, tag_group, share, probability
     FROM unnest($2::text[], $3::text[], $4::float8[], $5::float8[]) AS heard (tag, tag_group, share, probability)`,
    [
      trackId,
      tags.map(({ tag }) => tag),
      tags.map(({ group }) => group),
      tags.map(({ share }) => share),
      tags.map(({ probability }) => probability),
    ],
  )
}

/**
 * Keeps a result, unless the same was kept already: a file that is analysed twice has the result once.
 * @returns whether it is new
 */
export const putResult = async (sql: Sql, result: AnalysisResult): Promise<boolean> => {
  const { trackId, audioDigest, spec, facts, heard, grid, sections, durationSeconds } = result
  const bpm = mainTempo(grid)
  const [row] = await sql<{ id: string }>(
    `INSERT INTO algiers.analyses (audio_digest, spec, feature_spec, grid, grid_digest, duration_seconds, facts, vector, heard_flags,
       sections, sections_version, sections_spec)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING id`,
    [
      audioDigest,
      spec,
      result.featureSpec,
      JSON.stringify(grid),
      result.gridDigest,
      durationSeconds,
      JSON.stringify(facts),
      [...result.vector],
      heard && JSON.stringify(heard.flags),
      sections && JSON.stringify(sections.sections),
      sections?.version ?? null,
      sections?.spec ?? null,
    ],
  )
  if (row === undefined) return false
  if (heard !== null) await putHeard(sql, trackId, heard)
  await sql(
    `UPDATE algiers.tracks SET analysis_id = $2, bpm = $3, camelot = $4, energy = $5, duration_seconds = $6, loudness_lufs = $7,
       embedding = $8, pack_digest = $9 WHERE id = $1`,
    [
      trackId,
      row.id,
      bpm,
      facts.camelot,
      facts.energy,
      durationSeconds,
      facts.loudnessLufs,
      heard && halfvecText(heard.embedding),
      heard?.packDigest ?? null,
    ],
  )
  const { camelot, energy } = facts
  const packDigest = heard?.packDigest ?? null
  await putSharedSounds(sql, { trackId, bpm, camelot, energy, packDigest, sounds: sections?.sounds ?? [] })
  return true
}

/** What is known of the tags of a network. */
export const putPrecision = async (sql: Sql, packDigest: string, tags: readonly TagPrecision[]): Promise<void> => {
  await sql(
    `INSERT INTO algiers.tag_precision SELECT $1, tag, heard, shown_from, shown
     FROM unnest($2::text[], $3::float8[], $4::float8[], $5::float8[]) AS known (tag, heard, shown_from, shown)
     ON CONFLICT (pack_digest, tag) DO UPDATE SET heard_precision = excluded.heard_precision, shown_from = excluded.shown_from,
       shown_precision = excluded.shown_precision`,
    [
      packDigest,
      tags.map(({ tag }) => tag),
      tags.map(({ heardPrecision }) => heardPrecision),
      tags.map(({ shownFrom }) => shownFrom),
      tags.map(({ shownPrecision }) => shownPrecision),
    ],
  )
}
