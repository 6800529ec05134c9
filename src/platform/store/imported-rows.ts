import type { DatabaseSync } from 'node:sqlite'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import type { ImportedSuggestion } from '../../core/suggestions/suggest-imported.ts'
import type { ImportedElement } from '../../core/suggestions/suggestion.ts'
import { prepared } from './database.ts'

type NewImportedSuggestion = Span & {
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

/** Of each program the newest import that speaks of a track says what is open there. @param condition about `spans` */
const newestProposals = (condition: string): string => `SELECT suggestion_id FROM (
    SELECT suggestion_id, proposed.import_id AS import_id,
      max(proposed.import_id) OVER (PARTITION BY spans.track_id, of.program) AS newest
    FROM import_proposals AS proposed JOIN imported_suggestions AS spans ON spans.id = suggestion_id
    JOIN imports AS of ON of.id = proposed.import_id ${condition}) WHERE import_id = newest`

/** Nobody has decided on it, and the newest import of a program that speaks of its track proposes it. */
export const IS_OPEN = `one.decision_id IS NULL AND one.id IN (${newestProposals('')})`

const IS_OPEN_IN_TRACK = `one.decision_id IS NULL AND one.id IN (${newestProposals('WHERE spans.track_id = :trackId')})`

/** What imports propose for a track and nobody has decided on, the newest import first. */
export const readOpenImported = (database: DatabaseSync, trackId: number): readonly ImportedSuggestion[] => {
  const rows = prepared(
    database,
    `SELECT one.id AS id, one.import_id AS importId, program, start_beat AS startBeat, end_beat AS endBeat, kind,
       confidence, element, name
     FROM imported_suggestions AS one JOIN imports ON imports.id = one.import_id
     WHERE ${IS_OPEN_IN_TRACK} ORDER BY one.import_id DESC, start_beat`,
  ).all({ trackId }) as Row[]
  return rows.map(({ importId, program, element, name, ...row }) => ({
    ...row,
    origin: { kind: 'import', importId, program, element, name },
  }))
}

/** Spans of an import, those included that an earlier import brought and this one has, too. */
export const OF_IMPORT =
  'EXISTS (SELECT 1 FROM import_proposals WHERE suggestion_id = one.id AND import_id = :importId)'

/** Tracks for which an import proposes something that nobody has decided on. @param importId of any, where null */
export const readOpenTrackIds = (database: DatabaseSync, importId: number | null): readonly number[] => {
  const rows = prepared(
    database,
    `SELECT DISTINCT track_id AS trackId FROM imported_suggestions AS one
     WHERE ${IS_OPEN} AND (:importId IS NULL OR ${OF_IMPORT}) ORDER BY trackId`,
  ).all({ importId }) as { trackId: number }[]
  return rows.map(({ trackId }) => trackId)
}

/** A span that an import has proposed for a track. */
export type ProposedSpan = Span & {
  readonly id: number
  readonly kind: SectionKind
  readonly program: string
  /** It is open, or somebody has decided on it: no newer import has put it aside. */
  readonly isInForce: boolean
}

/** What imports have proposed for a track, what is in force first; not what was accepted and whose label has gone since. */
export const readProposed = (database: DatabaseSync, trackId: number): readonly ProposedSpan[] => {
  const rows = prepared(
    database,
    `SELECT one.id AS id, program, one.kind AS kind, one.start_beat AS startBeat, one.end_beat AS endBeat,
       decision_id IS NOT NULL OR (${IS_OPEN_IN_TRACK}) AS isInForce
     FROM imported_suggestions AS one JOIN imports ON imports.id = one.import_id
     LEFT JOIN suggestion_decisions AS decision ON decision.id = decision_id
     WHERE one.track_id = :trackId AND (decision.decision IS NOT 'accepted' OR label_id IS NOT NULL) ORDER BY isInForce DESC, one.id DESC`,
  ).all({ trackId }) as (Omit<ProposedSpan, 'isInForce'> & { readonly isInForce: number })[]
  return rows.map((row) => ({ ...row, isInForce: row.isInForce === 1 }))
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

/** What an import proposes for a track: spans that are new, and spans that are there already, by their rows. */
export type ImportedTrack = {
  readonly trackId: number
  readonly suggestions: readonly NewImportedSuggestion[]
  readonly again: readonly number[]
}

export const insertImported = (
  database: DatabaseSync,
  importId: number,
  { trackId, suggestions, again }: ImportedTrack,
): void => {
  const insert = prepared(
    database,
    `INSERT INTO imported_suggestions (import_id, track_id, start_beat, end_beat, kind, confidence, element, name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const propose = prepared(database, 'INSERT OR IGNORE INTO import_proposals (import_id, suggestion_id) VALUES (?, ?)')
  for (const { startBeat, endBeat, kind, confidence, element, name } of suggestions)
    propose.run(
      importId,
      insert.run(importId, trackId, startBeat, endBeat, kind, confidence, element, name).lastInsertRowid,
    )
  for (const id of again) propose.run(importId, id)
}

/** Forgets what an import proposed on some tracks; what a later import has, too, is that one's from now on. */
export const forgetProposals = (database: DatabaseSync, importId: number, tracks: string): void => {
  const parameters = { importId, tracks }
  const inTracks = 'track_id IN (SELECT value FROM json_each(:tracks))'
  for (const sql of [
    `DELETE FROM import_proposals WHERE import_id = :importId
       AND suggestion_id IN (SELECT id FROM imported_suggestions WHERE ${inTracks})`,
    `UPDATE imported_suggestions
       SET import_id = ifnull((SELECT min(import_id) FROM import_proposals WHERE suggestion_id = id), import_id)
       WHERE import_id = :importId AND ${inTracks}`,
    `DELETE FROM imported_suggestions WHERE import_id = :importId AND ${inTracks}`,
  ])
    prepared(database, sql).run(parameters)
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
