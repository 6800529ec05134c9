import type { CarriedSpan } from '../../core/labels/carry-spans.ts'
import { labelWrites } from '../../core/labels/label-writes.ts'
import { labelsRevisionText } from '../../core/labels/labels-revision.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { EditedLabel, StoredLabel } from '../../core/labels/stored-label.ts'
import { digestOf } from '../store/digest.ts'
import type { Sql } from './connect.ts'
import { wantSounds } from './section-sound-rows.ts'

const COLUMNS =
  'id, track_id AS "trackId", start_beat AS "startBeat", end_beat AS "endBeat", kind, source, created_at AS "createdAt"'

type Row = Omit<StoredLabel, 'createdAt'> & { readonly createdAt: Date }
const toLabel = ({ createdAt, ...label }: Row): StoredLabel => ({ ...label, createdAt: createdAt.toISOString() })

export type LabelQuery = { readonly teamId: number; readonly trackIds?: readonly number[]; readonly kind?: SectionKind }

/** Labels of a team in the order of each track; those of others are never read. */
export const readLabels = async (sql: Sql, { teamId, trackIds, kind }: LabelQuery): Promise<readonly StoredLabel[]> => {
  const rows = await sql<Row>(
    `SELECT ${COLUMNS} FROM algiers.labels WHERE team_id = $1 AND ($2::int[] IS NULL OR track_id = ANY ($2))
     AND ($3::text IS NULL OR kind = $3) ORDER BY track_id, start_beat`,
    [teamId, trackIds ?? null, kind ?? null],
  )
  return rows.map(toLabel)
}

/** @returns null where the team has no such label */
export const readLabel = async (sql: Sql, teamId: number, id: number): Promise<StoredLabel | null> => {
  const [row] = await sql<Row>(`SELECT ${COLUMNS} FROM algiers.labels WHERE team_id = $1 AND id = $2::bigint`, [
    teamId,
    id,
  ])
  return row === undefined ? null : toLabel(row)
}

/**
 * Keeps others of the team from editing the work on a track until the transaction ends. From then on the grid is the team's: a later
 * analysis does not take it from under the labels, and what sections sound like is heard anew.
 */
export const holdTrack = async (sql: Sql, teamId: number, trackId: number): Promise<void> => {
  await sql('INSERT INTO algiers.labelled_tracks VALUES ($1, $2) ON CONFLICT DO NOTHING', [teamId, trackId])
  await sql('SELECT 1 FROM algiers.labelled_tracks WHERE team_id = $1 AND track_id = $2 FOR UPDATE', [teamId, trackId])
  await sql(
    `INSERT INTO algiers.team_grids (team_id, track_id, version, digest, origin, grid, created_at)
     SELECT $1, tracks.id, 1, grid_digest, 'estimated', grid, analysed_at
     FROM algiers.tracks JOIN algiers.analyses ON analyses.id = analysis_id
     WHERE tracks.id = $2 AND NOT EXISTS (SELECT 1 FROM algiers.team_grids WHERE team_id = $1 AND track_id = $2)`,
    [teamId, trackId],
  )
  await wantSounds(sql, { teamId, trackIds: [trackId] })
}

/** Enough digits of a digest to tell the states of one track apart. */
const REVISION_DIGITS = 16

/** Changes with any label of the track, and with its grid. */
export const revisionOf = (gridDigest: string | null, labels: readonly StoredLabel[]): string =>
  digestOf(labelsRevisionText(gridDigest, labels)).slice(0, REVISION_DIGITS)

/** Whose edit it is. */
export type Editor = { readonly teamId: number; readonly userId: number }

/** Makes the labels of a track that is held these; a label that comes with its id keeps it. @returns the stored labels */
export const writeLabels = async (
  sql: Sql,
  { teamId, userId }: Editor,
  {
    trackId,
    before,
    labels,
  }: { readonly trackId: number; readonly before: readonly StoredLabel[]; readonly labels: readonly EditedLabel[] },
): Promise<readonly StoredLabel[]> => {
  const { removed, updated, inserted } = labelWrites(before, labels)
  await sql('DELETE FROM algiers.labels WHERE team_id = $1 AND id = ANY ($2)', [teamId, removed])
  for (const { id, startBeat, endBeat, kind, source } of updated)
    await sql(
      'UPDATE algiers.labels SET start_beat = $3, end_beat = $4, kind = $5, source = $6, made_by = $7 WHERE team_id = $1 AND id = $2',
      [teamId, id, startBeat, endBeat, kind, source, userId],
    )
  for (const { startBeat, endBeat, kind, source } of inserted)
    await sql(
      `INSERT INTO algiers.labels (team_id, track_id, start_beat, end_beat, kind, source, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [teamId, trackId, startBeat, endBeat, kind, source, userId],
    )
  return readLabels(sql, { teamId, trackIds: [trackId] })
}

/** Puts spans of a track that is held in their places on another grid. */
export const moveSpans = async (
  sql: Sql,
  table: 'labels' | 'decisions',
  spans: readonly CarriedSpan[],
): Promise<void> => {
  await sql(
    `UPDATE algiers.${table} SET start_beat = moved.start_beat, end_beat = moved.end_beat
     FROM unnest($1::int[], $2::float8[], $3::float8[]) AS moved (id, start_beat, end_beat) WHERE ${table}.id = moved.id`,
    [spans.map(({ id }) => id), spans.map(({ startBeat }) => startBeat), spans.map(({ endBeat }) => endBeat)],
  )
}
