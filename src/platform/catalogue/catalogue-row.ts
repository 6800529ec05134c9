import type { Sql } from './connect.ts'
import { tryGridsAnew } from './unmeasured-grids.ts'
import { hearSectionsAnew } from './wanted-sounds.ts'

/** What a catalogue is: how its tracks are analysed, and where derived bytes lie. */
export type CatalogueRow = {
  /** Digest of everything that an analysis does. */
  readonly spec: string
  /** A folder that every machine sees at the same place, or a bucket; null: the database itself. */
  readonly objects: string | null
}

export const readCatalogue = async (sql: Sql): Promise<CatalogueRow | null> =>
  (await sql<CatalogueRow>('SELECT spec, objects FROM algiers.catalogue'))[0] ?? null

/** @returns false where there is one already */
export const makeCatalogue = async (sql: Sql, { spec, objects }: CatalogueRow): Promise<boolean> =>
  (
    await sql('INSERT INTO algiers.catalogue (spec, objects) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1', [
      spec,
      objects,
    ])
  ).length === 1

/** Holds the way in which tracks are analysed until the transaction ends, and tells whether it is still this one. */
export const isCurrentSpec = async (sql: Sql, spec: string): Promise<boolean> =>
  (await sql('SELECT 1 FROM algiers.catalogue WHERE spec = $1 FOR SHARE', [spec])).length > 0

/**
 * Has tracks analysed in another way from now on.
 * @param sql of a transaction: what is being kept meanwhile is waited for
 * @returns how many files wait for that
 */
export const changeSpec = async (sql: Sql, spec: string): Promise<number> => {
  await sql('UPDATE algiers.catalogue SET spec = $1', [spec])
  await tryGridsAnew(sql)
  await hearSectionsAnew(sql)
  const rows = await sql(
    `UPDATE algiers.files SET state = 'waiting', job_id = NULL, finished_at = NULL WHERE state = 'done' AND EXISTS (
       SELECT 1 FROM algiers.tracks LEFT JOIN algiers.analyses ON analyses.id = analysis_id
       WHERE tracks.id = track_id AND analyses.spec IS DISTINCT FROM $1) RETURNING 1`,
    [spec],
  )
  return rows.length
}

/** How far the analysis has come. */
export type Progress = {
  readonly waiting: number
  readonly running: number
  readonly done: number
  readonly dead: number
  /** Until all is done, by what was done in the last minutes; null where nothing was, and 0 where nothing waits. */
  readonly etaSeconds: number | null
}

/** The speed is that of the last so many seconds in which anything was done. */
const MEASURED_SECONDS = 600

/** @param running how many are being analysed */
export const readProgress = async (sql: Sql, running: number): Promise<Progress> => {
  const [row] = await sql<{ open: number; done: number; dead: number; lately: number; seconds: number | null }>(
    `SELECT count(*) FILTER (WHERE state IN ('waiting', 'queued'))::int AS open, count(*) FILTER (WHERE state = 'done')::int AS done,
       count(*) FILTER (WHERE state = 'dead')::int AS dead,
       count(*) FILTER (WHERE finished_at > now() - $1 * interval '1 second')::int AS lately,
       extract(epoch FROM now() - min(finished_at) FILTER (WHERE finished_at > now() - $1 * interval '1 second'))::float8 AS seconds
     FROM algiers.files`,
    [MEASURED_SECONDS],
  )
  const { open, done, dead, lately, seconds } = row!
  const active = Math.min(running, open)
  const eta = open === 0 ? 0 : lately > 1 && seconds ? Math.ceil((open * seconds) / lately) : null
  return { waiting: open - active, running: active, done, dead, etaSeconds: eta }
}

/** Whether everything is there, and once. */
export type Verification = {
  readonly tracks: number
  /** In the way that the catalogue asks for. */
  readonly analysed: number
  /** Tracks and files that were neither analysed nor given up. */
  readonly missing: number
  /** Recordings with more than one result of the same kind. */
  readonly twice: number
  /** Tracks whose result was made in another way. */
  readonly stale: number
}

/** The analysis of a track is one of its own recording, whatever the row points at. */
const OWN_ANALYSIS =
  'algiers.tracks JOIN algiers.analyses ON analyses.id = analysis_id AND analyses.audio_digest = tracks.audio_digest'

export const verify = async (sql: Sql, spec: string): Promise<Verification> => {
  const [row] = await sql<Verification>(
    `SELECT (SELECT count(*) FROM algiers.tracks)::int AS tracks,
       (SELECT count(*) FROM ${OWN_ANALYSIS} WHERE spec = $1)::int AS analysed,
       (SELECT count(*) FROM ${OWN_ANALYSIS} WHERE spec <> $1)::int AS stale,
       ((SELECT count(*) FROM algiers.files WHERE track_id IS NULL AND state <> 'dead')
        + (SELECT count(*) FROM algiers.tracks WHERE NOT EXISTS (
             SELECT 1 FROM algiers.analyses WHERE analyses.id = analysis_id AND analyses.audio_digest = tracks.audio_digest) AND NOT EXISTS (
             SELECT 1 FROM algiers.files WHERE track_id = tracks.id AND state = 'dead')))::int AS missing,
       (SELECT count(*) FROM (SELECT 1 FROM algiers.analyses GROUP BY audio_digest, spec HAVING count(*) > 1) AS double)::int AS twice`,
    [spec],
  )
  return row!
}
