import { tellTag } from '../../core/tags/tag-precision.ts'
import type { TagCount, ToldTrackTag } from '../store/hearing-store.ts'
import type { MixableQuery } from '../store/sound-store.ts'
import type { Connection, Sql } from './connect.ts'

/** How many candidates the index looks at, more where a filter leaves some out: `npm run soak -- --only catalogue-scale` prints the recall at a million vectors. */
const SEARCHED = { all: 100, filtered: 500 }

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

const mixConditions = (filter: MixableQuery | null, values: unknown[]): string => {
  const parts: string[] = []
  const named = (value: unknown): string => `$${values.push(value)}`
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

/** Tracks that sound most like one, the nearest first; what does not mix is left out inside the search, so that the list is full all the same. */
export const nearestTracks = (
  { transaction }: Pick<Connection, 'transaction'>,
  { id, vector, packDigest, limit, filter, isExact = false }: NearestQuery,
): Promise<readonly Near[]> =>
  transaction(async (sql) => {
    if (isExact) await sql('SET LOCAL enable_indexscan = off')
    else {
      await sql(`SET LOCAL hnsw.ef_search = ${filter === null ? SEARCHED.all : SEARCHED.filtered}`)
      await sql('SET LOCAL hnsw.iterative_scan = strict_order')
    }
    const values: unknown[] = [vector, id, packDigest, limit]
    return sql<Near>(
      `SELECT id, embedding <=> $1::halfvec AS distance FROM algiers.tracks
       WHERE id <> $2 AND pack_digest = $3${mixConditions(filter, values)} ORDER BY embedding <=> $1::halfvec LIMIT $4`,
      values,
    )
  })

/** Tracks that were drawn to know how far sounds are apart here at all; pages of rows are drawn, so that it takes no longer with more of them. */
const SAMPLE = 1000

/** How far a track is from a sample of the others, the nearest first. */
export const sampleDistances = async (
  sql: Sql,
  { id, vector, packDigest }: Pick<NearestQuery, 'id' | 'vector' | 'packDigest'>,
): Promise<readonly number[]> => {
  const [table] = await sql<{ rows: number }>(
    `SELECT reltuples::float8 AS rows FROM pg_class WHERE oid = 'algiers.tracks'::regclass`,
  )
  const share = Math.min(100, (100 * 2 * SAMPLE) / Math.max(1, table!.rows))
  const rows = await sql<{ distance: number }>(
    `SELECT embedding <=> $1::halfvec AS distance FROM algiers.tracks TABLESAMPLE SYSTEM (${share}) REPEATABLE (1)
     WHERE id <> $2 AND pack_digest = $3 LIMIT ${SAMPLE}`,
    [vector, id, packDigest],
  )
  return rows.map(({ distance }) => distance).sort((a, b) => a - b)
}
