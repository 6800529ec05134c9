import type { DatabaseSync } from 'node:sqlite'
import type { StoredDecision, SuggestionDecision } from '../../core/suggestions/suggestion-decision.ts'
import { prepared } from './database.ts'

export const readDecisions = (database: DatabaseSync, trackId: number): readonly StoredDecision[] =>
  prepared(
    database,
    `SELECT id, track_id AS trackId, start_beat AS startBeat, end_beat AS endBeat, kind, decision,
       model_version AS modelVersion, decided_at AS decidedAt
     FROM suggestion_decisions WHERE track_id = ? ORDER BY id`,
  ).all(trackId) as StoredDecision[]

/** @returns its id */
export const insertDecision = (
  database: DatabaseSync,
  { trackId, startBeat, endBeat, kind, decision, modelVersion }: SuggestionDecision,
): number => {
  const { lastInsertRowid } = prepared(
    database,
    `INSERT INTO suggestion_decisions (track_id, start_beat, end_beat, kind, decision, model_version, decided_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(trackId, startBeat, endBeat, kind, decision, modelVersion, new Date().toISOString())
  return Number(lastInsertRowid)
}
