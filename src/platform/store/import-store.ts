import type { DatabaseSync } from 'node:sqlite'
import type { GridImport } from '../../core/beats/grid-edit.ts'
import type { ForeignMarks } from '../../core/interop/libraries/foreign-library.ts'
import type { GridChoice } from '../../core/interop/libraries/grid-choice.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { inTransaction, prepared } from './database.ts'
import {
  forgetProposals,
  type ImportedTrack,
  IS_OPEN,
  insertImported,
  OF_IMPORT,
  type ProposedSpan,
  readProposed,
} from './imported-rows.ts'

export type NewImport = {
  readonly program: string
  readonly version: string | null
  readonly format: string
  /** Path that was read. */
  readonly source: string
}

/** What was brought in from a library of another program, and what has become of it. */
export type StoredImport = NewImport & {
  readonly id: number
  readonly importedAt: string
  readonly undoneAt: string | null
  /** Those that no earlier import had brought already. */
  readonly suggestions: number
  /** Nobody has decided on them, and no newer import of the program has put them aside. */
  readonly open: number
  readonly accepted: number
  readonly rejected: number
  readonly playlists: number
  /** Tracks whose cues wait until the track is analysed. */
  readonly waiting: number
}

/** Cues of a track that has no grid yet. */
export type WaitingCues = { readonly trackId: number; readonly grids: GridChoice; readonly marks: ForeignMarks }

/** What an import changed of a track besides suggesting. */
export type ImportChange = {
  readonly trackId: number
  readonly what: 'notes' | 'grid'
  /** JSON. */
  readonly before: string
  readonly after: string
}
export type NoteChange = ImportChange & { readonly importId: number }

/** A grid of the other program that is not in force. */
export type OfferedGrid = { readonly trackId: number; readonly edit: GridImport }

/** What taking decisions back did to the labels that they had made. */
export type TakenBack = {
  readonly trackIds: readonly number[]
  readonly labelsRemoved: number
  /** The person has changed them since: they stay. */
  readonly labelsKept: number
}

type AcceptedRow = {
  readonly id: number
  readonly trackId: number
  readonly labelId: number | null
  readonly decisionId: number
  readonly isUnchanged: number
}

const IMPORTS = `SELECT imports.id AS id, program, version, format, source, imported_at AS importedAt, undone_at AS undoneAt,
    count(one.id) AS suggestions, count(one.id) FILTER (WHERE ${IS_OPEN}) AS open,
    ifnull(sum(decision.decision = 'accepted'), 0) AS accepted, ifnull(sum(decision.decision = 'rejected'), 0) AS rejected,
    (SELECT count(*) FROM playlists WHERE playlists.import_id = imports.id) AS playlists,
    (SELECT count(*) FROM waiting_cues WHERE waiting_cues.import_id = imports.id) AS waiting
  FROM imports LEFT JOIN imported_suggestions AS one ON one.import_id = imports.id
  LEFT JOIN suggestion_decisions AS decision ON decision.id = one.decision_id`

/** A label that is as its acceptance left it: of the same span and kind, and still counted as imported. */
const ACCEPTED = `SELECT one.id AS id, one.track_id AS trackId, label_id AS labelId, decision_id AS decisionId,
    label.source = 'imported' AND label.start_beat = decision.start_beat AND label.end_beat = decision.end_beat
      AND label.kind = decision.kind AS isUnchanged
  FROM imported_suggestions AS one JOIN suggestion_decisions AS decision ON decision.id = one.decision_id
  LEFT JOIN labels AS label ON label.id = one.label_id
  WHERE decision.decision = 'accepted'`

/** Keeps what was brought in, so that it can be taken back, also after a restart. */
export class ImportStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** @returns its id */
  add({ program, version, format, source }: NewImport): number {
    return inTransaction(this.#database, () => {
      const { lastInsertRowid } = prepared(
        this.#database,
        'INSERT INTO imports (program, version, format, source, imported_at) VALUES (?, ?, ?, ?, ?)',
      ).run(program, version, format, source, new Date().toISOString())
      return Number(lastInsertRowid)
    })
  }

  /** The newest first. */
  list(): readonly StoredImport[] {
    return this.#database.prepare(`${IMPORTS} GROUP BY imports.id ORDER BY imports.id DESC`).all() as StoredImport[]
  }

  get(id: number): StoredImport | null {
    const row = this.#database.prepare(`${IMPORTS} WHERE imports.id = ? GROUP BY imports.id`).get(id)
    return (row as StoredImport | undefined) ?? null
  }

  /** How many suggestions of an import are open, by kind, and on how many tracks; also those that an earlier one brought. */
  openKinds(
    id: number,
  ): readonly { readonly kind: SectionKind; readonly suggestions: number; readonly tracks: number }[] {
    return this.#database
      .prepare(
        `SELECT kind, count(*) AS suggestions, count(DISTINCT track_id) AS tracks
         FROM imported_suggestions AS one WHERE ${OF_IMPORT} AND ${IS_OPEN} GROUP BY kind ORDER BY count(*) DESC, kind`,
      )
      .all({ importId: id }) as { kind: SectionKind; suggestions: number; tracks: number }[]
  }

  /** What imports have proposed for a track, what is in force first. */
  proposed(trackId: number): readonly ProposedSpan[] {
    return readProposed(this.#database, trackId)
  }

  /** The rows of a track that an import proposes, by itself or again. */
  rowsOf(id: number, trackId: number): ReadonlySet<number> {
    const sql = `SELECT id FROM imported_suggestions AS one WHERE track_id = :trackId AND ${OF_IMPORT}`
    const rows = prepared(this.#database, sql).all({ importId: id, trackId }) as { readonly id: number }[]
    return new Set(rows.map((row) => row.id))
  }

  /** Keeps what an import proposes for some tracks, as one step. */
  suggest(importId: number, tracks: readonly ImportedTrack[]): void {
    inTransaction(this.#database, () => {
      for (const track of tracks) insertImported(this.#database, importId, track)
    })
  }

  /** Keeps the cues of tracks that are not analysed yet. */
  wait(importId: number, tracks: readonly WaitingCues[]): void {
    inTransaction(this.#database, () => {
      const insert = prepared(
        this.#database,
        'INSERT INTO waiting_cues (import_id, track_id, grids, marks) VALUES (?, ?, ?, ?)',
      )
      for (const { trackId, grids, marks } of tracks) insert.run(importId, trackId, grids, JSON.stringify(marks))
    })
  }

  /** What waits for the grid of a track, the oldest import first. */
  waitingFor(
    trackId: number,
  ): readonly (Omit<WaitingCues, 'trackId'> & { readonly importId: number; readonly program: string })[] {
    const rows = prepared(
      this.#database,
      `SELECT import_id AS importId, program, grids, marks FROM waiting_cues JOIN imports ON imports.id = import_id
       WHERE track_id = ? ORDER BY import_id`,
    ).all(trackId) as { importId: number; program: string; grids: GridChoice; marks: string }[]
    return rows.map((row) => ({ ...row, marks: JSON.parse(row.marks) as ForeignMarks }))
  }

  /** Makes suggestions of what waited for a track. */
  endWaiting(importId: number, track: ImportedTrack): void {
    inTransaction(this.#database, () => {
      prepared(this.#database, 'DELETE FROM waiting_cues WHERE import_id = ? AND track_id = ?').run(
        importId,
        track.trackId,
      )
      insertImported(this.#database, importId, track)
    })
  }

  /** Keeps grids that the person may choose instead of ours. */
  offerGrids(importId: number, offered: readonly OfferedGrid[]): void {
    inTransaction(this.#database, () => {
      const insert = prepared(
        this.#database,
        'INSERT OR REPLACE INTO offered_grids (import_id, track_id, edit) VALUES (?, ?, ?)',
      )
      for (const { trackId, edit } of offered) insert.run(importId, trackId, JSON.stringify(edit))
    })
  }

  /** What other programs have as the grid of a track: of each program what was brought in last, the newest first. */
  offeredGrids(trackId: number): readonly GridImport[] {
    const rows = prepared(
      this.#database,
      'SELECT edit FROM offered_grids WHERE track_id = ? ORDER BY import_id DESC',
    ).all(trackId) as { edit: string }[]
    const edits = rows.map(({ edit }) => JSON.parse(edit) as GridImport)
    return edits.filter(({ program }, at) => edits.findIndex((one) => one.program === program) === at)
  }

  recordChanges(importId: number, changes: readonly ImportChange[]): void {
    inTransaction(this.#database, () => {
      const insert = prepared(
        this.#database,
        'INSERT OR REPLACE INTO import_changes (import_id, track_id, what, before, after) VALUES (?, ?, ?, ?, ?)',
      )
      for (const { trackId, what, before, after } of changes) insert.run(importId, trackId, what, before, after)
    })
  }

  changes(importId: number): readonly ImportChange[] {
    return this.#database
      .prepare(
        'SELECT track_id AS trackId, what, before, after FROM import_changes WHERE import_id = ? ORDER BY track_id',
      )
      .all(importId) as ImportChange[]
  }

  /** What imports that are in force made of the notes of these tracks, the newest last. */
  noteChanges(trackIds: readonly number[]): readonly NoteChange[] {
    const sql = `SELECT import_id AS importId, track_id AS trackId, what, before, after FROM import_changes
      WHERE what = 'notes' AND track_id IN (SELECT value FROM json_each(?)) ORDER BY import_id`
    return prepared(this.#database, sql).all(JSON.stringify(trackIds)) as unknown as NoteChange[]
  }

  /** The number of the next acceptance. */
  nextAcceptance(): number {
    const row = this.#database.prepare('SELECT ifnull(max(acceptance), 0) + 1 AS next FROM imported_suggestions').get()
    return (row as { next: number }).next
  }

  /** Tracks with something that one acceptance accepted. */
  tracksOfAcceptance(acceptance: number): readonly number[] {
    return this.#trackIds(
      'SELECT DISTINCT track_id AS trackId FROM imported_suggestions WHERE acceptance = ?',
      acceptance,
    )
  }

  /** Opens again what one acceptance accepted on these tracks; labels that the person has changed since stay. */
  takeBack(acceptance: number, trackIds: readonly number[]): TakenBack {
    const sql = `${ACCEPTED} AND acceptance = ? AND one.track_id IN (SELECT value FROM json_each(?))`
    return inTransaction(this.#database, () =>
      this.#takeBack(prepared(this.#database, sql).all(acceptance, JSON.stringify(trackIds)) as AcceptedRow[]),
    )
  }

  /** Tracks for which an import has proposed something. */
  tracksOf(id: number): readonly number[] {
    const sql = `SELECT DISTINCT track_id AS trackId FROM import_proposals AS proposed
      JOIN imported_suggestions AS one ON one.id = suggestion_id WHERE proposed.import_id = ?`
    return this.#trackIds(sql, id)
  }

  /** Takes back what was accepted of an import on these tracks, and forgets what it proposed there. Decisions against it stay. */
  forget(id: number, trackIds: readonly number[]): TakenBack {
    const some = JSON.stringify(trackIds)
    const accepted = `${ACCEPTED} AND one.import_id = ? AND one.track_id IN (SELECT value FROM json_each(?))`
    const proposed = 'import_id = ? AND track_id IN (SELECT value FROM json_each(?))'
    return inTransaction(this.#database, () => {
      const taken = this.#takeBack(prepared(this.#database, accepted).all(id, some) as AcceptedRow[])
      forgetProposals(this.#database, id, some)
      for (const table of ['import_changes', 'waiting_cues', 'offered_grids'])
        prepared(this.#database, `DELETE FROM ${table} WHERE ${proposed}`).run(id, some)
      return taken
    })
  }

  /** An import of which nothing is left has been taken back. */
  endUndo(id: number): void {
    inTransaction(this.#database, () => {
      for (const table of ['import_changes', 'waiting_cues', 'offered_grids'])
        prepared(this.#database, `DELETE FROM ${table} WHERE import_id = ?`).run(id)
      prepared(this.#database, 'UPDATE imports SET undone_at = ? WHERE id = ?').run(new Date().toISOString(), id)
    })
  }

  #trackIds(sql: string, id: number): readonly number[] {
    const rows = prepared(this.#database, sql).all(id) as { readonly trackId: number }[]
    return rows.map(({ trackId }) => trackId)
  }

  #takeBack(rows: readonly AcceptedRow[]): TakenBack {
    const removeLabel = prepared(this.#database, 'DELETE FROM labels WHERE id = ?')
    const removeDecision = prepared(this.#database, 'DELETE FROM suggestion_decisions WHERE id = ?')
    const unchanged = rows.filter(({ isUnchanged }) => isUnchanged === 1)
    for (const { labelId, decisionId } of unchanged) {
      removeLabel.run(labelId)
      removeDecision.run(decisionId)
    }
    return {
      trackIds: [...new Set(unchanged.map(({ trackId }) => trackId))],
      labelsRemoved: unchanged.length,
      labelsKept: rows.filter(({ labelId, isUnchanged }) => labelId !== null && isUnchanged !== 1).length,
    }
  }
}
