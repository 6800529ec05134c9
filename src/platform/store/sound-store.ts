import type { DatabaseSync } from 'node:sqlite'
import type { Sound } from '../../core/similarity/sound-table.ts'
import { prepared } from './database.ts'

/** Only vectors and embeddings with this origin can be compared. */
export type SoundKey = {
  readonly specDigest: string
  /** Null leaves out embeddings. */
  readonly packDigest: string | null
}

export type SoundKind = 'tracks' | 'sections'

export type TrackSound = Sound & { readonly trackId: number }

export type Page = { readonly after: number; readonly limit: number }
export type SoundPage<One> = {
  readonly sounds: readonly One[]
  /** The id after which the next page begins; null where nothing is left. */
  readonly next: number | null
}

/** Conditions for mixing with a track; those left out do not matter. */
export type MixableQuery = {
  /** Any of these ranges, ends included. */
  readonly bpmRanges?: readonly (readonly [low: number, high: number])[] | undefined
  readonly camelots?: readonly string[] | undefined
  readonly energies?: readonly [low: number, high: number] | undefined
}

type SoundRow = readonly [trackId: number, vector: Uint8Array | null, embedding: Uint8Array | null]

/** Vectors of the grid in force, embeddings of the present audio. */
const TRACKS = `SELECT track.id, kept.vector, heard.embedding FROM tracks AS track
  LEFT JOIN track_vectors AS kept ON kept.track_id = track.id AND kept.spec_digest = :specDigest AND kept.grid_digest =
    (SELECT digest FROM grids WHERE track_id = track.id ORDER BY version DESC LIMIT 1)
  LEFT JOIN heard_tracks AS heard ON heard.track_id = track.id AND heard.audio_digest = track.audio_digest
    AND heard.pack_digest = :packDigest
  WHERE track.id > :after AND (kept.vector IS NOT NULL OR heard.embedding IS NOT NULL) ORDER BY track.id LIMIT :limit`

/** Copies the bytes, since a Float32Array must be aligned. */
export const floatsOf = (bytes: Uint8Array | null): Float32Array | null =>
  bytes === null ? null : new Float32Array(bytes.slice().buffer)

/** Reads how the tracks of the library sound. */
export class SoundStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** A number that changes with anything that sounds of this kind depend on. */
  revision(kind: SoundKind): number {
    const row = prepared(this.#database, 'SELECT revision FROM sound_revisions WHERE kind = ?').get(kind)
    return (row as { revision: number }).revision
  }

  /** The network that heard most of the library; null where none has. */
  commonestPack(): string | null {
    const sql = `SELECT pack_digest AS digest FROM heard_tracks GROUP BY pack_digest ORDER BY count(*) DESC, digest LIMIT 1`
    return (prepared(this.#database, sql).get() as { digest: string } | undefined)?.digest ?? null
  }

  /** The next tracks with a vector or an embedding, ordered by id. */
  tracks(key: SoundKey, { after, limit }: Page): SoundPage<TrackSound> {
    const statement = prepared(this.#database, TRACKS)
    statement.setReturnArrays(true)
    const rows = statement.all({ ...key, after, limit }) as unknown as readonly SoundRow[]
    const sounds = rows.map(([trackId, vector, embedding]) => ({
      trackId,
      features: floatsOf(vector),
      embedding: floatsOf(embedding),
    }))
    return { sounds, next: rows.at(-1)?.[0] ?? null }
  }

  /** Ids of the tracks that meet all conditions; an unknown value meets none. */
  mixable({ bpmRanges, camelots, energies }: MixableQuery): ReadonlySet<number> {
    const sql = `SELECT track_id AS id FROM track_rows WHERE
      (:bpms IS NULL OR EXISTS (SELECT 1 FROM json_each(:bpms) WHERE bpm BETWEEN value ->> 0 AND value ->> 1))
      AND (:camelots IS NULL OR camelot IN (SELECT value FROM json_each(:camelots)))
      AND (:low IS NULL OR energy BETWEEN :low AND :high)`
    const rows = prepared(this.#database, sql).all({
      bpms: bpmRanges === undefined ? null : JSON.stringify(bpmRanges),
      camelots: camelots === undefined ? null : JSON.stringify(camelots),
      low: energies?.[0] ?? null,
      high: energies?.[1] ?? null,
    }) as { id: number }[]
    return new Set(rows.map(({ id }) => id))
  }
}
