import type { DatabaseSync } from 'node:sqlite'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { CarriedSpan, SpanMove } from '../../core/labels/carry-spans.ts'
import { inTransaction, prepared } from './database.ts'
import { digestOf } from './digest.ts'
import { decisionsRevision } from './track-revision.ts'
import { refreshTrackRow } from './track-row.ts'
import { type CarriedWindows, moveWindows } from './transition-store.ts'

export type NewGrid = Pick<GridVersion, 'trackId' | 'origin' | 'edit' | 'grid'>

/** A new grid, the places of the track's labels and decisions on it, and the state that this was planned on. */
export type GridPlan = NewGrid & {
  /** The answer of `SuggestionStore.revision`. */
  readonly revision: string
  readonly labels: readonly CarriedSpan[]
  readonly decisions: readonly CarriedSpan[]
  /** What imports have proposed. @default nothing */
  readonly imported?: readonly CarriedSpan[]
  /** Of transitions that the person has moved. @default nothing */
  readonly windows?: CarriedWindows
  /** What is carried to where, so that it can go exactly back. @default nothing */
  readonly moves?: readonly SpanMove[]
}

type GridRow = Omit<GridVersion, 'grid'> & { readonly grid: string }

const COLUMNS = 'track_id AS trackId, version, digest, origin, edit, grid, created_at AS createdAt'
const toGridVersion = (row: GridRow): GridVersion => ({ ...row, grid: JSON.parse(row.grid) as BeatGrid })

/** Equal grids have equal digests. */
export const gridDigest = (grid: BeatGrid): string => digestOf(JSON.stringify(grid))

/** Keeps versions of beat grids; labels are carried along when a new one comes into force. */
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

  /** Tempo and genre, as it is searched for, of each track whose grid in force the person has edited or confirmed. */
  settledTempi(): readonly { readonly bpm: number; readonly genre: string | null }[] {
    const rows = prepared(
      this.#database,
      `SELECT row.bpm AS bpm, row.genre_key AS genre FROM grids JOIN track_rows AS row USING (track_id)
       WHERE origin = 'edited' AND version = (SELECT MAX(version) FROM grids AS any WHERE any.track_id = grids.track_id)`,
    ).all()
    return rows as { bpm: number; genre: string | null }[]
  }

  /** Where labels and decisions were carried to when the version came into force; none where an earlier release made it. */
  moves(trackId: number, version: number): readonly SpanMove[] {
    const row = prepared(this.#database, 'SELECT moves FROM grids WHERE track_id = ? AND version = ?').get(
      trackId,
      version,
    )
    return row ? (JSON.parse(row.moves as string) as SpanMove[]) : []
  }

  /**
   * Adds a version and moves the track's labels and decisions onto it as one step; a grid equal to the one in force adds nothing.
   * @returns the grid in force; null, with nothing changed, if the track has changed since the plan
   */
  add(plan: GridPlan): GridVersion | null {
    const digest = gridDigest(plan.grid)
    return inTransaction(this.#database, () => {
      if (decisionsRevision(this.#database, plan.trackId) !== plan.revision) return null
      const before = this.current(plan.trackId)
      if (before?.digest === digest) return before
      const added = this.#insert(plan, { version: (before?.version ?? 0) + 1, digest })
      this.#move('labels', plan.labels)
      this.#move('suggestion_decisions', plan.decisions)
      this.#move('imported_suggestions', plan.imported ?? [])
      if (plan.windows) moveWindows(this.#database, plan.windows)
      refreshTrackRow(this.#database, plan.trackId)
      return added
    })
  }

  #insert(
    { trackId, origin, edit, grid, moves = [] }: GridPlan,
    { version, digest }: Pick<GridVersion, 'version' | 'digest'>,
  ): GridVersion {
    const row = prepared(
      this.#database,
      `INSERT INTO grids (track_id, version, digest, origin, edit, grid, moves, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       RETURNING ${COLUMNS}`,
    ).get(trackId, version, digest, origin, edit, JSON.stringify(grid), JSON.stringify(moves), new Date().toISOString())
    return toGridVersion(row as GridRow)
  }

  #move(table: 'labels' | 'suggestion_decisions' | 'imported_suggestions', spans: readonly CarriedSpan[]): void {
    const move = prepared(this.#database, `UPDATE ${table} SET start_beat = ?, end_beat = ? WHERE id = ?`)
    for (const { id, startBeat, endBeat } of spans) move.run(startBeat, endBeat, id)
  }
}
