import type { DatabaseSync } from 'node:sqlite'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { Span } from '../../core/labels/span.ts'
import { inTransaction, prepared } from './database.ts'
import { digestOf } from './digest.ts'
import { refreshTrackRow } from './track-row.ts'

export type NewGrid = Pick<GridVersion, 'trackId' | 'origin' | 'edit' | 'grid'>

type GridRow = Omit<GridVersion, 'grid'> & { readonly grid: string }

const COLUMNS = 'track_id AS trackId, version, digest, origin, edit, grid, created_at AS createdAt'
const toGridVersion = (row: GridRow): GridVersion => ({ ...row, grid: JSON.parse(row.grid) as BeatGrid })

/** Equal grids have equal digests. */
export const gridDigest = (grid: BeatGrid): string => digestOf(JSON.stringify(grid))

/** Versions of beat grids; labels are carried along when a new one comes into force. */
export class GridStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  current(trackId: number): GridVersion | null {
    const row = prepared(
      this.#database,
      `SELECT ${COLUMNS} FROM grids WHERE track_id = ? ORDER BY version DESC LIMIT 1`,
    ).get(trackId)
    return row ? toGridVersion(row as GridRow) : null
  }

  versions(trackId: number): readonly GridVersion[] {
    const rows = this.#database.prepare(`SELECT ${COLUMNS} FROM grids WHERE track_id = ? ORDER BY version`).all(trackId)
    return rows.map((row) => toGridVersion(row as GridRow))
  }

  /** Adds a version and moves the track's labels and decisions onto it in the same transaction; an equal grid adds nothing. */
  add(newGrid: NewGrid, carry: (span: Span) => Span): GridVersion {
    const before = this.current(newGrid.trackId)
    const digest = gridDigest(newGrid.grid)
    if (before?.digest === digest) return before
    return inTransaction(this.#database, () => {
      const row = this.#database
        .prepare(
          `INSERT INTO grids (track_id, version, digest, origin, edit, grid, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
           RETURNING ${COLUMNS}`,
        )
        .get(
          newGrid.trackId,
          (before?.version ?? 0) + 1,
          digest,
          newGrid.origin,
          newGrid.edit,
          JSON.stringify(newGrid.grid),
          new Date().toISOString(),
        )
      for (const table of ['labels', 'suggestion_decisions'] as const) this.#carry(table, newGrid.trackId, carry)
      refreshTrackRow(this.#database, newGrid.trackId)
      return toGridVersion(row as GridRow)
    })
  }

  #carry(table: 'labels' | 'suggestion_decisions', trackId: number, carry: (span: Span) => Span): void {
    const spans = this.#database
      .prepare(`SELECT id, start_beat AS startBeat, end_beat AS endBeat FROM ${table} WHERE track_id = ?`)
      .all(trackId) as (Span & { id: number })[]
    const move = this.#database.prepare(`UPDATE ${table} SET start_beat = ?, end_beat = ? WHERE id = ?`)
    for (const span of spans) {
      const { startBeat, endBeat } = carry({ startBeat: span.startBeat, endBeat: span.endBeat })
      move.run(startBeat, endBeat, span.id)
    }
  }
}
