import type { DatabaseSync } from 'node:sqlite'
import type { SectionPart } from '../../core/labels/section-part.ts'
import type { Sound } from '../../core/similarity/sound-table.ts'
import { changing } from './changing.ts'
import { prepared } from './database.ts'
import { floatsOf, type Page, type SoundPage } from './sound-store.ts'

export type SectionSound = Sound & { readonly trackId: number; readonly part: SectionPart }

/** Which vectors are wanted: of labels and of suggestions of model versions, a JSON array, as this version of the program computes them. */
export type SectionVectorKey = { readonly modelVersions: string; readonly specDigest: string }

type OriginRow = { readonly trackId: number; readonly origin: string; readonly kept: string | null }
type VectorRow = {
  readonly trackId: number
  readonly parts: string
  readonly features: Uint8Array | null
  readonly embeddings: Uint8Array | null
}

/** Everything that the parts of a track and their vectors depend on, in one text. */
const ORIGINS = `SELECT track.id AS trackId, kept.origin AS kept, json_array(:specDigest, analysis.feature_spec_digest,
    (SELECT digest FROM grids WHERE track_id = track.id ORDER BY version DESC LIMIT 1),
    (SELECT pack_digest FROM heard_tracks WHERE track_id = track.id AND audio_digest = track.audio_digest),
    (SELECT json_group_array(json_array(kind, start_beat, end_beat) ORDER BY start_beat) FROM labels WHERE track_id = track.id),
    (SELECT max(made_at) FROM sections WHERE track_id = track.id
      AND model_version IN (SELECT value FROM json_each(:modelVersions))),
    (SELECT json_group_array(id) FROM suggestion_decisions WHERE track_id = track.id),
    (SELECT json_group_array(id) FROM imported_suggestions WHERE track_id = track.id AND decision_id IS NULL)) AS origin
  FROM tracks AS track JOIN analyses AS analysis ON analysis.track_id = track.id
  LEFT JOIN section_vectors AS kept ON kept.track_id = track.id
  WHERE track.id BETWEEN :first AND :last ORDER BY track.id LIMIT :limit`

const bytesOf = (rows: readonly Float32Array[] | null): Uint8Array | null => {
  if (rows === null || rows.length === 0) return null
  const width = rows[0]!.length
  const joined = new Float32Array(rows.length * width)
  for (const [row, values] of rows.entries()) joined.set(values, row * width)
  return new Uint8Array(joined.buffer)
}

const rowOf = (values: Float32Array | null, row: number, rows: number): Float32Array | null => {
  if (values === null) return null
  const width = values.length / rows
  return values.slice(row * width, (row + 1) * width)
}

/** Keeps how the sections of the library sound, track by track. */
export class SectionVectorStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** For analysed tracks, by rising id: what their vectors would be made from now, and whether the stored ones differ. */
  origins(
    key: SectionVectorKey,
    tracks: { readonly first: number; readonly last: number; readonly limit: number },
  ): readonly { trackId: number; origin: string; isStale: boolean }[] {
    const rows = prepared(this.#database, ORIGINS).all({ ...key, ...tracks }) as OriginRow[]
    return rows.map(({ trackId, origin, kept }) => ({ trackId, origin, isStale: kept !== origin }))
  }

  put(
    { trackId, origin }: { readonly trackId: number; readonly origin: string },
    parts: readonly SectionPart[],
    sounds: { readonly features: readonly Float32Array[] | null; readonly embeddings: readonly Float32Array[] | null },
  ): void {
    const insert = prepared(
      this.#database,
      'INSERT OR REPLACE INTO section_vectors (track_id, origin, parts, features, embeddings) VALUES (?, ?, ?, ?, ?)',
    )
    const [features, embeddings] = [bytesOf(sounds.features), bytesOf(sounds.embeddings)]
    changing(() => insert.run(trackId, origin, JSON.stringify(parts), features, embeddings))
  }

  /** Sections of the next tracks, ordered by track and place. */
  page({ after, limit }: Page): SoundPage<SectionSound> {
    const sql = `SELECT track_id AS trackId, parts, features, embeddings FROM section_vectors
      WHERE track_id > ? ORDER BY track_id LIMIT ?`
    const rows = prepared(this.#database, sql).all(after, limit) as VectorRow[]
    const sounds = rows.flatMap(({ trackId, parts: json, ...bytes }) => {
      const parts = JSON.parse(json) as SectionPart[]
      const [features, embeddings] = [floatsOf(bytes.features), floatsOf(bytes.embeddings)]
      return parts.map((part, at) => ({
        trackId,
        part,
        features: rowOf(features, at, parts.length),
        embedding: rowOf(embeddings, at, parts.length),
      }))
    })
    return { sounds, next: rows.at(-1)?.trackId ?? null }
  }
}
