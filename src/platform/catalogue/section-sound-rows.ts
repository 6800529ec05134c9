import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import type { SectionPart } from '../../core/labels/section-part.ts'
import type { MixableQuery } from '../store/sound-store.ts'
import type { Connection, Sql } from './connect.ts'
import { halfvecText, type NearestWish, nearestRows, sampleDistances } from './nearest-rows.ts'
import { mixConditions } from './sound-rows.ts'

/** A section where it lies, and how it sounds. */
export type SoundedPart = SectionPart & {
  readonly startSeconds: number
  readonly endSeconds: number
  readonly embedding: Float32Array
}

/** How the sections of a track sound to whoever sees them, and what else of the track tells whether they mix. */
export type SoundedTrack = {
  readonly trackId: number
  readonly bpm: number
  readonly camelot: string | null
  readonly energy: number | null
  /** Of the network that heard it; null where none has. */
  readonly packDigest: string | null
  readonly sounds: readonly SoundedPart[]
}

export const insertSounds = async (sql: Sql, teamId: number | null, track: SoundedTrack): Promise<void> => {
  const { trackId, sounds, bpm, camelot, energy, packDigest } = track
  await sql('DELETE FROM algiers.section_sounds WHERE track_id = $1 AND team_id IS NOT DISTINCT FROM $2', [
    trackId,
    teamId,
  ])
  if (packDigest === null) return
  for (const { kind, startBeat, endBeat, startSeconds, endSeconds, isLabel, embedding } of sounds)
    await sql(
      `INSERT INTO algiers.section_sounds (team_id, track_id, start_beat, end_beat, start_seconds, end_seconds, kind, is_label, bpm,
         camelot, energy, pack_digest, embedding) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        teamId,
        trackId,
        startBeat,
        endBeat,
        startSeconds,
        endSeconds,
        kind,
        isLabel,
        bpm,
        camelot,
        energy,
        packDigest,
        halfvecText(embedding),
      ],
    )
}

/** Keeps how the sections sound that everybody sees in a track; teams that see others may see them otherwise now. */
export const putSharedSounds = async (sql: Sql, track: SoundedTrack): Promise<void> => {
  await insertSounds(sql, null, track)
  await sql(
    `INSERT INTO algiers.sounded_tracks (team_id, track_id, made) VALUES (NULL, $1, 1)
     ON CONFLICT (team_id, track_id) DO UPDATE SET made = sounded_tracks.wanted, tries = 0, failure = NULL`,
    [track.trackId],
  )
  await sql(
    `UPDATE algiers.sounded_tracks SET wanted = wanted + 1, claimed_until = '-infinity', tries = 0, failure = NULL WHERE track_id = $1 AND team_id IS NOT NULL`,
    [track.trackId],
  )
}

/** Has workers hear the sections anew that a team sees in some tracks: until then they are compared with nothing. @param sql of the transaction that changes them */
export const wantSounds = async (
  sql: Sql,
  { teamId, trackIds }: { readonly teamId: number; readonly trackIds: readonly number[] },
): Promise<void> => {
  await sql(
    `INSERT INTO algiers.sounded_tracks (team_id, track_id) SELECT $1, id FROM unnest($2::int[]) AS wanted (id) ORDER BY id
     ON CONFLICT (team_id, track_id) DO UPDATE SET wanted = sounded_tracks.wanted + 1, claimed_until = '-infinity', tries = 0, failure = NULL`,
    [teamId, trackIds],
  )
}

/** A section as it is kept. */
export type NearSection = SectionPart & {
  readonly trackId: number
  readonly startSeconds: number
  readonly endSeconds: number
}

const COLUMNS = `track_id AS "trackId", start_beat AS "startBeat", end_beat AS "endBeat", start_seconds AS "startSeconds",
  end_seconds AS "endSeconds", kind, is_label AS "isLabel"`

/** What a team sees: its own sections as they are now, and everybody's of tracks in which it has none. @param at number of the value that is the team */
const seenBy = (at: number): string => {
  const own = `SELECT track_id FROM algiers.sounded_tracks WHERE team_id = $${at}`
  return `CASE WHEN team_id IS NULL THEN track_id NOT IN (${own}) ELSE team_id = $${at} AND track_id NOT IN (${own} AND made < wanted) END`
}

/** How a section sounds that was heard already; null where it was not. */
export const readSectionSound = async (
  sql: Sql,
  teamId: number,
  { trackId, startBeat, endBeat }: Pick<NearSection, 'trackId' | 'startBeat' | 'endBeat'>,
): Promise<string | null> => {
  const [row] = await sql<{ vector: string }>(
    `SELECT embedding::text AS vector FROM algiers.section_sounds WHERE track_id = $2 AND start_beat = $3 AND end_beat = $4
     AND ${seenBy(1)}`,
    [teamId, trackId, startBeat, endBeat],
  )
  return row?.vector ?? null
}

export type NearestSectionsQuery = {
  readonly teamId: number
  /** Parts of one track always sound alike, so only those of others are sought. */
  readonly trackId: number
  readonly kind: SectionKind | undefined
  readonly vector: string
  readonly packDigest: string
  readonly limit: number
  readonly filter: MixableQuery | null
  /** Compares all sections instead of asking the index. @default false */
  readonly isExact?: boolean
}

const wishOf = ({ teamId, trackId, kind, packDigest, filter, ...query }: NearestSectionsQuery): NearestWish => {
  const values: unknown[] = [teamId, trackId, packDigest]
  const ofKind = kind === undefined ? '' : ` AND kind = $${values.push(kind) + 2}`
  const where = `${seenBy(3)} AND track_id <> $4 AND pack_digest = $5${ofKind}${mixConditions(filter, values)}`
  const isFiltered = filter !== null || kind !== undefined
  return { ...query, table: 'section_sounds', columns: COLUMNS, where, values, isFiltered }
}

/** Sections of other tracks that a team sees and that sound most like one, the nearest first. */
export const nearestSections = (
  connection: Pick<Connection, 'transaction'>,
  query: NearestSectionsQuery,
): Promise<readonly (NearSection & { readonly distance: number })[]> =>
  nearestRows<NearSection>(connection, wishOf(query))

/** How far a section is from a sample of the others, of its kind where one is named, the nearest first. */
export const distancesOfSections = (sql: Sql, query: NearestSectionsQuery): Promise<readonly number[]> =>
  sampleDistances(sql, wishOf({ ...query, filter: null }), query.kind === undefined ? 1 : 1 / SECTION_KINDS.length)
