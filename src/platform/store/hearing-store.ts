import type { DatabaseSync } from 'node:sqlite'
import type { QualityFlag } from '../../core/quality/quality-flag.ts'
import type { HeardTag } from '../../core/tags/heard-tags.ts'
import { inTransaction, prepared } from './database.ts'
import { isMissingSql } from './track-conditions.ts'

/** What was heard is valid for this sound and this network. */
export type HearingKey = { readonly audioDigest: string; readonly packDigest: string }

/** The key in the cache of heard windows. */
export const hearingKey = ({ audioDigest, packDigest }: HearingKey): string => `${audioDigest}\n${packDigest}`

/** A tag heard in a track. */
export type TrackTag = Pick<HeardTag, 'tag' | 'group' | 'probability'> & { readonly share: number }

export type TagCount = { readonly tag: string; readonly group: string; readonly tracks: number }

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
  tags(trackId: number, audioDigest: string): readonly TrackTag[] | null {
    if (this.heardBy(trackId, audioDigest) === null) return null
    const sql = `SELECT tag, tag_group AS "group", probability, share FROM heard_tags WHERE track_id = ?
      ORDER BY share DESC, probability DESC, tag`
    return prepared(this.#database, sql).all(trackId) as TrackTag[]
  }

  /** Every tag heard in some track that is not missing, for at least `leastShare` of its time, the commonest first. */
  counts(leastShare: number): readonly TagCount[] {
    const sql = `SELECT tag, tag_group AS "group", count(*) AS tracks FROM heard_tags WHERE share >= ? AND NOT (${isMissingSql('heard_tags.track_id')})
      GROUP BY tag ORDER BY tracks DESC, tag`
    return prepared(this.#database, sql).all(leastShare) as TagCount[]
  }

  /** The tag of a group that is heard for longest in each of some tracks. */
  mainTags(trackIds: readonly number[], group: string): ReadonlyMap<number, string> {
    // Of the row with the largest value SQLite gives the other columns too.
    const sql = `SELECT track_id AS id, tag, max(share + probability / 1000) FROM heard_tags
      WHERE tag_group = ? AND track_id IN (SELECT value FROM json_each(?)) GROUP BY track_id`
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
