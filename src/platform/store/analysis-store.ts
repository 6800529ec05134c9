import type { DatabaseSync } from 'node:sqlite'
import type { TrackFacts } from '../../core/quality/track-facts.ts'
import type { ErrorCode } from '../../core/support/error-catalogue.ts'
import type { ErrorReport } from '../../core/support/user-error.ts'
import { changing } from './changing.ts'
import { inTransaction, prepared } from './database.ts'
import { refreshTrackRow } from './track-row.ts'

/** An analysis and the digests of its inputs: staleness is computed from them, never stored. */
export type Analysis = {
  readonly trackId: number
  readonly audioDigest: string
  readonly gridDigest: string
  readonly featureSpecDigest: string
  readonly durationSeconds: number
  readonly facts: TrackFacts
  readonly analysedAt: string
}

/** Without the long members, for lists. */
export type AnalysisSummary = Omit<Analysis, 'facts'> & { readonly facts: Omit<TrackFacts, 'energyCurve' | 'onsets'> }

export type AnalysisFailure = Pick<ErrorReport, 'code' | 'detail'>

type AnalysisRow = Omit<Analysis, 'facts'> & { readonly facts: string }

const COLUMNS = `track_id AS trackId, audio_digest AS audioDigest, grid_digest AS gridDigest,
  feature_spec_digest AS featureSpecDigest, duration_seconds AS durationSeconds, analysed_at AS analysedAt`

const toAnalysis = (row: AnalysisRow): Analysis => ({ ...row, facts: JSON.parse(row.facts) as TrackFacts })

export class AnalysisStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  get(trackId: number): Analysis | null {
    const row = prepared(this.#database, `SELECT ${COLUMNS}, facts FROM analyses WHERE track_id = ?`).get(trackId)
    return row ? toAnalysis(row as AnalysisRow) : null
  }

  summary(trackId: number): AnalysisSummary | null {
    const row = prepared(
      this.#database,
      `SELECT ${COLUMNS}, json_remove(facts, '$.energyCurve', '$.onsets') AS facts FROM analyses WHERE track_id = ?`,
    ).get(trackId)
    return row ? toAnalysis(row as AnalysisRow) : null
  }

  /** Of every analysed track, by its id. */
  durations(): ReadonlyMap<number, number> {
    const rows = this.#database.prepare('SELECT track_id AS trackId, duration_seconds AS seconds FROM analyses').all()
    return new Map((rows as { trackId: number; seconds: number }[]).map(({ trackId, seconds }) => [trackId, seconds]))
  }

  put(analysis: Omit<Analysis, 'analysedAt'>): void {
    inTransaction(this.#database, () => {
      this.#database
        .prepare(
          `INSERT OR REPLACE INTO analyses
             (track_id, audio_digest, grid_digest, feature_spec_digest, duration_seconds, facts, analysed_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          analysis.trackId,
          analysis.audioDigest,
          analysis.gridDigest,
          analysis.featureSpecDigest,
          analysis.durationSeconds,
          JSON.stringify(analysis.facts),
          new Date().toISOString(),
        )
      this.#database.prepare('DELETE FROM analysis_failures WHERE track_id = ?').run(analysis.trackId)
      refreshTrackRow(this.#database, analysis.trackId)
    })
  }

  putFailure(trackId: number, failure: AnalysisFailure): void {
    const insert = this.#database.prepare(
      'INSERT OR REPLACE INTO analysis_failures (track_id, code, detail, failed_at) VALUES (?, ?, ?, ?)',
    )
    changing(() => insert.run(trackId, failure.code, failure.detail, new Date().toISOString()))
  }

  /** Lets what failed so be tried again. */
  forgetFailures(code: ErrorCode): void {
    changing(() => this.#database.prepare('DELETE FROM analysis_failures WHERE code = ?').run(code))
  }

  failure(trackId: number): AnalysisFailure | null {
    const row = prepared(this.#database, 'SELECT code, detail FROM analysis_failures WHERE track_id = ?').get(trackId)
    return (row as AnalysisFailure | undefined) ?? null
  }
}
