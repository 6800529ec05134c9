import type { DatabaseSync } from 'node:sqlite'
import { changing } from './changing.ts'
import { prepared } from './database.ts'

/** The origin of a vector: it is valid for this grid and comparable with vectors of the same spec. */
export type VectorKey = { readonly trackId: number; readonly gridDigest: string; readonly specDigest: string }

export class VectorStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  has({ trackId, gridDigest, specDigest }: VectorKey): boolean {
    const sql = 'SELECT 1 FROM track_vectors WHERE track_id = ? AND grid_digest = ? AND spec_digest = ?'
    return prepared(this.#database, sql).get(trackId, gridDigest, specDigest) !== undefined
  }

  put({ trackId, gridDigest, specDigest }: VectorKey, vector: Float32Array): void {
    const insert = this.#database.prepare(
      'INSERT OR REPLACE INTO track_vectors (track_id, grid_digest, spec_digest, vector) VALUES (?, ?, ?, ?)',
    )
    const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
    changing(() => insert.run(trackId, gridDigest, specDigest, bytes))
  }
}
