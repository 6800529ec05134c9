import { tellTag } from '../../core/tags/tag-precision.ts'
import type { TagCount, ToldTrackTag } from '../store/hearing-store.ts'
import type { MixableQuery } from '../store/sound-store.ts'
import type { Connection, Sql } from './connect.ts'
import { FIRST_VALUE, type NearestWish, nearestRows, sampleDistances } from './nearest-rows.ts'

export type Near = {
  readonly id: number
  /** 1 − cosine. */
  readonly distance: number
}

type TagRow = {
  readonly trackId: number
  readonly tag: string
  readonly group: string
  readonly share: number
  readonly probability: number
  readonly heardPrecision: number | null
  readonly shownFrom: number | null
  readonly shownPrecision: number | null
}

const toldOf = ({ share, heardPrecision, shownFrom, shownPrecision }: Omit<TagRow, 'trackId' | 'probability'>) =>
  tellTag(share, heardPrecision === null ? null : { heardPrecision, shownFrom, shownPrecision })

const WITH_PRECISION = `algiers.heard_tags JOIN algiers.tracks ON tracks.id = track_id
  LEFT JOIN algiers.tag_precision AS known ON known.pack_digest = tracks.pack_digest AND known.tag = heard_tags.tag`
const PRECISION = `heard_precision AS "heardPrecision", shown_from AS "shownFrom", shown_precision AS "shownPrecision"`

/** Tags that are heard in some tracks, the longest first. */
export const readTags = async (
  sql: Sql,
  trackIds: readonly number[],
): Promise<ReadonlyMap<number, readonly ToldTrackTag[]>> => {
  const rows = await sql<TagRow>(
    `SELECT track_id AS "trackId", heard_tags.tag, tag_group AS "group", share, probability, ${PRECISION} FROM ${WITH_PRECISION}
     WHERE track_id = ANY ($1) ORDER BY share DESC, probability DESC, heard_tags.tag`,
    [trackIds],
  )
  const told = rows.map((row) => {
    const { trackId, tag, group, share, probability } = row
    return { trackId, told: { tag, group, share, probability, ...toldOf(row) } }
  })
  return new Map(
    [...Map.groupBy(told, ({ trackId }) => trackId)].map(([id, tags]) => [id, tags.map(({ told: one }) => one)]),
  )
}

/** Every tag that some track is found by, the commonest first. */
export const countTags = async (sql: Sql, leastShare: number): Promise<readonly TagCount[]> => {
  const rows = await sql<Omit<TagRow, 'trackId' | 'probability'> & { readonly tracks: number }>(
    `SELECT heard_tags.tag, tag_group AS "group", count(*)::int AS tracks, max(share) AS share, max(heard_precision) AS "heardPrecision",
       max(shown_from) AS "shownFrom", max(shown_precision) AS "shownPrecision" FROM ${WITH_PRECISION}
     WHERE share >= $1 AND share >= coalesce(shown_from, 0) GROUP BY heard_tags.tag, tag_group ORDER BY tracks DESC, heard_tags.tag`,
    [leastShare],
  )
  return rows.map((row) => ({ tag: row.tag, group: row.group, tracks: row.tracks, ...toldOf(row) }))
}

/** Sound of a track as the database has it; null where no network has heard it. */
export const readSound = async (
  sql: Sql,
  id: number,
): Promise<{ readonly vector: string; readonly packDigest: string } | null> => {
  const [row] = await sql<{ vector: string; packDigest: string }>(
    `SELECT embedding::text AS vector, pack_digest AS "packDigest" FROM algiers.tracks WHERE id = $1 AND embedding IS NOT NULL`,
    [id],
  )
  return row ?? null
}

/** What leaves out rows that do not mix, each with ` AND ` before it. @param values takes up what it names */
export const mixConditions = (filter: MixableQuery | null, values: unknown[]): string => {
  const parts: string[] = []
  const named = (value: unknown): string => `$${values.push(value) - 1 + FIRST_VALUE}`
  if (filter?.bpmRanges)
    parts.push(
      filter.bpmRanges.length === 0
        ? 'false'
        : `(${filter.bpmRanges.map(([low, high]) => `bpm BETWEEN ${named(low)} AND ${named(high)}`).join(' OR ')})`,
    )
  if (filter?.camelots) parts.push(`camelot = ANY (${named(filter.camelots)}::text[])`)
  if (filter?.energies) parts.push(`energy BETWEEN ${named(filter.energies[0])} AND ${named(filter.energies[1])}`)
  return parts.map((part) => ` AND ${part}`).join('')
}

export type NearestQuery = {
  readonly id: number
  readonly vector: string
  readonly packDigest: string
  readonly limit: number
  readonly filter: MixableQuery | null
  /** Compares all tracks instead of asking the index. @default false */
  readonly isExact?: boolean
}

const wishOf = ({ id, packDigest, filter, ...query }: NearestQuery): NearestWish => {
  const values: unknown[] = [id, packDigest]
  const where = `id <> $3 AND pack_digest = $4${mixConditions(filter, values)}`
  return { ...query, table: 'tracks', columns: 'id', where, values, isFiltered: filter !== null }
}

/** Tracks that sound most like one, the nearest first. */
export const nearestTracks = (
  connection: Pick<Connection, 'transaction'>,
  query: NearestQuery,
): Promise<readonly Near[]> => nearestRows<{ readonly id: number }>(connection, wishOf(query))

/** How far a track is from a sample of the others, the nearest first. */
export const distancesOfTracks = (sql: Sql, query: NearestQuery): Promise<readonly number[]> =>
  sampleDistances(sql, wishOf({ ...query, filter: null }), 1)
