import type { DatabaseSync } from 'node:sqlite'
import type { QualityFlag } from '../../core/quality/quality-flag.ts'
import type { HeardTag } from '../../core/tags/heard-tags.ts'
import { type TagPrecision, type ToldTag, tellTag } from '../../core/tags/tag-precision.ts'
import { inTransaction, prepared } from './database.ts'
import { isMissingSql } from './track-conditions.ts'

/** What was heard is valid for this sound and this network. */
export type HearingKey = { readonly audioDigest: string; readonly packDigest: string }

/** The key in the cache of heard windows. */
export const hearingKey = ({ audioDigest, packDigest }: HearingKey): string => `${audioDigest}\n${packDigest}`

/** A tag heard in a track. */
type TrackTag = Pick<HeardTag, 'tag' | 'group' | 'probability'> & { readonly share: number }

/** A tag heard in a track, and how far to trust that. */
export type ToldTrackTag = TrackTag & ToldTag

/** A tag, and in how many tracks it is shown; where its precision is not known, in how many it is heard for a while. */
export type TagCount = ToldTag & { readonly tag: string; readonly group: string; readonly tracks: number }

/** How precise a tag of a row of `heard_tags` is; nulls where that is not known. */
export const WITH_PRECISION = `heard_tags JOIN heard_tracks USING (track_id)
  LEFT JOIN tag_precision ON tag_precision.pack_digest = heard_tracks.pack_digest AND tag_precision.tag = heard_tags.tag`

/**
 * Ids of the tracks that a tag finds: those where it is shown; where it is never shown, those where it is heard for `leastShare`.
 * Takes the tag and `leastShare`.
 */
export const HEARD_IN_SQL = `SELECT heard_tags.track_id FROM ${WITH_PRECISION}
  WHERE heard_tags.tag = ? AND share >= ? AND share >= coalesce(shown_from, 0)`

const PRECISION_COLUMNS = 'heard_precision, shown_from, shown_precision'
type PrecisionRow = { heard_precision: number | null; shown_from: number | null; shown_precision: number | null }

const precisionOf = (row: PrecisionRow): Omit<TagPrecision, 'tag'> | null =>
  row.heard_precision === null
    ? null
    : { heardPrecision: row.heard_precision, shownFrom: row.shown_from, shownPrecision: row.shown_precision }

type HeardFlags = { readonly version: number; readonly flags: readonly QualityFlag[] }

type Heard = {
  readonly embedding: Float32Array
  readonly tags: readonly TrackTag[]
  readonly flags: HeardFlags
}

export class HearingStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** Whether this network has heard the track and its flags are of this version. */
  has(trackId: number, { audioDigest, packDigest }: HearingKey, flagsVersion: number): boolean {
    return this.heardBy(trackId, audioDigest) === packDigest && this.#flags(trackId)?.version === flagsVersion
  }

  /** Flags that follow from what was heard in the recording; null where no network has heard this sound. */
  flags(trackId: number, audioDigest: string): readonly QualityFlag[] | null {
    return this.heardBy(trackId, audioDigest) === null ? null : (this.#flags(trackId)?.flags ?? [])
  }

  #flags(trackId: number): HeardFlags | null {
    const row = prepared(this.#database, 'SELECT flags FROM heard_tracks WHERE track_id = ?').get(trackId)
    return row === undefined ? null : (JSON.parse(row.flags as string) as HeardFlags)
  }

  /** Digest of the network that heard the track; null where none has heard this sound. */
  heardBy(trackId: number, audioDigest: string): string | null {
    const sql = 'SELECT pack_digest AS digest FROM heard_tracks WHERE track_id = ? AND audio_digest = ?'
    const row = prepared(this.#database, sql).get(trackId, audioDigest) as { digest: string } | undefined
    return row?.digest ?? null
  }

  /** The tag heard for longest comes first; null where no network has heard this sound. */
  tags(trackId: number, audioDigest: string): readonly ToldTrackTag[] | null {
    if (this.heardBy(trackId, audioDigest) === null) return null
    const sql = `SELECT heard_tags.tag, tag_group, probability, share, ${PRECISION_COLUMNS} FROM ${WITH_PRECISION}
      WHERE heard_tags.track_id = ? ORDER BY share DESC, probability DESC, heard_tags.tag`
    const rows = prepared(this.#database, sql).all(trackId) as (PrecisionRow & TrackTag & { tag_group: string })[]
    return rows.map((row) => {
      const { tag, tag_group: group, probability, share } = row
      return { tag, group, share, probability, ...tellTag(share, precisionOf(row)) }
    })
  }

  /** Every tag that some track which is not missing is found by, the commonest first. */
  counts(leastShare: number): readonly TagCount[] {
    const sql = `SELECT heard_tags.tag, tag_group, count(*) AS tracks, max(share) AS share, ${PRECISION_COLUMNS} FROM ${WITH_PRECISION}
      WHERE share >= ? AND share >= coalesce(shown_from, 0) AND NOT (${isMissingSql('heard_tags.track_id')})
      GROUP BY heard_tags.tag ORDER BY tracks DESC, heard_tags.tag`
    const rows = prepared(this.#database, sql).all(leastShare) as (PrecisionRow & {
      tag: string
      tag_group: string
      tracks: number
      share: number
    })[]
    return rows.map((row) => ({
      tag: row.tag,
      group: row.tag_group,
      tracks: row.tracks,
      ...tellTag(row.share, precisionOf(row)),
    }))
  }

  /** What is known of the tags of a network. */
  precision(packDigest: string): readonly TagPrecision[] {
    const sql = `SELECT tag, ${PRECISION_COLUMNS} FROM tag_precision WHERE pack_digest = ? ORDER BY tag`
    const rows = prepared(this.#database, sql).all(packDigest) as (PrecisionRow & { tag: string })[]
    return rows.flatMap((row) => {
      const known = precisionOf(row)
      return known === null ? [] : [{ tag: row.tag, ...known }]
    })
  }

  /** Replaces what was known of the tags of a network. @returns whether that was something else */
  putPrecision(packDigest: string, tags: readonly TagPrecision[]): boolean {
    const byTag = (list: readonly TagPrecision[]): string =>
      JSON.stringify(
        list.map(({ tag, ...rest }) => [tag, rest.heardPrecision, rest.shownFrom, rest.shownPrecision]).sort(),
      )
    if (byTag(this.precision(packDigest)) === byTag(tags)) return false
    inTransaction(this.#database, () => {
      this.#database.prepare('DELETE FROM tag_precision WHERE pack_digest = ?').run(packDigest)
      const insert = this.#database.prepare(
        `INSERT INTO tag_precision (pack_digest, tag, ${PRECISION_COLUMNS}) VALUES (?, ?, ?, ?, ?)`,
      )
      for (const { tag, heardPrecision, shownFrom, shownPrecision } of tags)
        insert.run(packDigest, tag, heardPrecision, shownFrom, shownPrecision)
    })
    return true
  }

  /** Of the tags of a group that are shown for each of some tracks, the one that is heard for longest. */
  mainTags(trackIds: readonly number[], group: string): ReadonlyMap<number, string> {
    // Of the row with the largest value SQLite gives the other columns too.
    const sql = `SELECT track_id AS id, heard_tags.tag AS tag, max(share + probability / 1000) FROM ${WITH_PRECISION}
      WHERE tag_group = ? AND share >= shown_from AND track_id IN (SELECT value FROM json_each(?)) GROUP BY track_id`
    const rows = prepared(this.#database, sql).all(group, JSON.stringify(trackIds)) as { id: number; tag: string }[]
    return new Map(rows.map(({ id, tag }) => [id, tag]))
  }

  /** Replaces what was heard before. */
  put(trackId: number, { audioDigest, packDigest }: HearingKey, { embedding, tags, flags }: Heard): void {
    const bytes = new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength)
    inTransaction(this.#database, () => {
      this.#database.prepare('DELETE FROM heard_tracks WHERE track_id = ?').run(trackId)
      this.#database
        .prepare(
          'INSERT INTO heard_tracks (track_id, audio_digest, pack_digest, embedding, flags) VALUES (?, ?, ?, ?, ?)',
        )
        .run(trackId, audioDigest, packDigest, bytes, JSON.stringify(flags))
      const insert = this.#database.prepare(
        'INSERT INTO heard_tags (track_id, tag, tag_group, share, probability) VALUES (?, ?, ?, ?, ?)',
      )
      for (const { tag, group, share, probability } of tags) insert.run(trackId, tag, group, share, probability)
    })
  }
}
