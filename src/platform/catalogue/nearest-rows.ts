import type { Connection, Sql } from './connect.ts'

/** A vector as the database takes it in. */
export const halfvecText = (vector: Float32Array): string => `[${vector.join(',')}]`

/** How many candidates the index looks at, more where a filter leaves some out: `npm run soak -- --only catalogue-scale` prints the recall. */
const SEARCHED = { all: 100, filtered: 400 }
/** The index gives them not quite in order, so that more are taken than are wanted. */
const TAKEN = 2
/** So few rows that fit are compared one by one: that takes no longer than to ask the index for what hardly any row is, and misses none. In the planner's figures. */
const FEW = { rows: 8000, cost: 12_500 }

/** Rows whose `embedding` is compared with a vector. */
export type NearestWish = {
  readonly table: 'tracks' | 'section_sounds'
  readonly columns: string
  /** What rows must be; its values follow the first two. */
  readonly where: string
  readonly values: readonly unknown[]
  readonly vector: string
  readonly limit: number
  /** Whether it leaves out much. */
  readonly isFiltered: boolean
  /** Compares all rows instead of asking the index. @default false */
  readonly isExact?: boolean | undefined
}

/** The first number of the values of a condition: before them come the vector and the limit. */
export const FIRST_VALUE = 3

type Plan = { readonly Plan: { readonly 'Plan Rows': number; readonly 'Total Cost': number } }

/** Whether few rows fit, and are found fast without the index of sounds. */
const areFew = async (sql: Sql, { table, where, values, vector, limit }: NearestWish): Promise<boolean> => {
  // The values of the whole question are named, so that the numbers of the others stay.
  const [row] = await sql<{ 'QUERY PLAN': readonly Plan[] }>(
    `EXPLAIN (FORMAT JSON) SELECT $1::text, $2::int FROM algiers.${table} WHERE ${where}`,
    [vector, limit, ...values],
  )
  const { 'Plan Rows': rows, 'Total Cost': cost } = row!['QUERY PLAN'][0]!.Plan
  return rows <= FEW.rows && cost <= FEW.cost
}

/** Rows that sound most like a vector, the nearest first; what a filter leaves out is left out inside the search, so that the list is full all the same. */
export const nearestRows = <Row extends Record<string, unknown>>(
  { transaction }: Pick<Connection, 'transaction'>,
  wish: NearestWish,
): Promise<readonly (Row & { readonly distance: number })[]> =>
  transaction(async (sql) => {
    const { table, columns, where, values, vector, limit, isFiltered, isExact = false } = wish
    // Of all indices only that of sounds is read by itself; the others find rows that fit as bitmaps.
    await sql('SET LOCAL enable_indexscan = off')
    const isByIndex = !isExact && !(await areFew(sql, wish))
    if (isByIndex) {
      await sql('SET LOCAL enable_indexscan = on')
      await sql(`SET LOCAL hnsw.ef_search = ${isFiltered ? SEARCHED.filtered : SEARCHED.all}`)
      await sql('SET LOCAL hnsw.iterative_scan = relaxed_order')
    }
    return sql<Row & { readonly distance: number }>(
      `SELECT * FROM (SELECT ${columns}, embedding <=> $1::halfvec AS distance FROM algiers.${table}
         WHERE ${where} ORDER BY embedding <=> $1::halfvec LIMIT ${TAKEN} * $2) AS near ORDER BY distance LIMIT $2`,
      [vector, limit, ...values],
    )
  })

/** Rows that were drawn to know how far sounds are apart here at all; pages of rows are drawn, so that it takes no longer with more of them. */
const SAMPLE = 1000

/** How far a vector is from a sample of the rows, the nearest first. @param share of the rows of the table that fit, about */
export const sampleDistances = async (
  sql: Sql,
  { table, where, values, vector, limit }: NearestWish,
  share: number,
): Promise<readonly number[]> => {
  const [found] = await sql<{ rows: number }>(
    `SELECT reltuples::float8 AS rows FROM pg_class WHERE oid = 'algiers.${table}'::regclass`,
  )
  const percent = Math.min(100, (100 * 2 * SAMPLE) / share / Math.max(1, found!.rows))
  const rows = await sql<{ distance: number }>(
    `SELECT embedding <=> $1::halfvec AS distance FROM algiers.${table} TABLESAMPLE SYSTEM (${percent}) REPEATABLE (1)
     WHERE ${where} LIMIT greatest($2, ${SAMPLE})`,
    [vector, limit, ...values],
  )
  return rows.map(({ distance }) => distance).sort((a, b) => a - b)
}
