import type { DatabaseSync } from 'node:sqlite'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import type { ImportedSuggestion } from '../../core/suggestions/suggest-imported.ts'
import type { ImportedElement } from '../../core/suggestions/suggestion.ts'
import { prepared } from './database.ts'

export type NewImportedSuggestion = Span & {
  readonly kind: SectionKind
  readonly confidence: number
  readonly element: ImportedElement
  readonly name: string | null
}

type Row = Omit<ImportedSuggestion, 'origin'> & {
  readonly importId: number
  readonly program: string
  readonly element: ImportedElement
  readonly name: string | null
}

/** Nobody has decided on it, and no newer import of the same program speaks of its track. */
export const IS_OPEN = `one.decision_id IS NULL AND one.import_id = (
    SELECT max(other.import_id) FROM imported_suggestions AS other JOIN imports AS of ON of.id = other.import_id
    WHERE other.track_id = one.track_id AND of.program = imports.program)`

const OPEN = `FROM imported_suggestions AS one JOIN imports ON imports.id = one.import_id WHERE ${IS_OPEN}`

/** What imports propose for a track and nobody has decided on, the newest import first. */
export const readOpenImported = (database: DatabaseSync, trackId: number): readonly ImportedSuggestion[] => {
  const rows = prepared(
    database,
    `SELECT one.id AS id, one.import_id AS importId, program, start_beat AS startBeat, end_beat AS endBeat, kind,
       confidence, element, name
     ${OPEN} AND one.track_id = ? ORDER BY one.import_id DESC, start_beat`,
  ).all(trackId) as Row[]
  return rows.map(({ importId, program, element, name, ...row }) => ({
    ...row,
    origin: { kind: 'import', importId, program, element, name },
  }))
}

/** Tracks for which an import proposes something that nobody has decided on. @param importId of any, where null */
export const readOpenTrackIds = (database: DatabaseSync, importId: number | null): readonly number[] => {
  const rows = prepared(
    database,
    `SELECT DISTINCT one.track_id AS trackId ${OPEN} AND (:importId IS NULL OR one.import_id = :importId) ORDER BY trackId`,
  ).all({ importId }) as { trackId: number }[]
  return rows.map(({ trackId }) => trackId)
}

/** All rows of a track, to be carried along with its grid. */
export const readImportedSpans = (
  database: DatabaseSync,
  trackId: number,
): readonly (Span & { readonly id: number })[] =>
  prepared(
    database,
    'SELECT id, start_beat AS startBeat, end_beat AS endBeat FROM imported_suggestions WHERE track_id = ? ORDER BY id',
  ).all(trackId) as (Span & { readonly id: number })[]

export const insertImported = (
  database: DatabaseSync,
  { importId, trackId }: { readonly importId: number; readonly trackId: number },
  suggestions: readonly NewImportedSuggestion[],
): void => {
  const insert = prepared(
    database,
    `INSERT INTO imported_suggestions (import_id, track_id, start_beat, end_beat, kind, confidence, element, name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const { startBeat, endBeat, kind, confidence, element, name } of suggestions)
    insert.run(importId, trackId, startBeat, endBeat, kind, confidence, element, name)
}

/** A decision about an imported suggestion, and the label that it became. */
type DecidedImported = {
  readonly id: number
  readonly decisionId: number
  readonly labelId: number | null
  /** Decisions of one acceptance are taken back as one. */
  readonly acceptance: number | null
}

export const decideImported = (
  database: DatabaseSync,
  { id, decisionId, labelId, acceptance }: DecidedImported,
): void => {
  prepared(database, 'UPDATE imported_suggestions SET decision_id = ?, label_id = ?, acceptance = ? WHERE id = ?').run(
    decisionId,
    labelId,
    acceptance,
    id,
  )
}
