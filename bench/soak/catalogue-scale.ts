import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { initCatalogue, migrateCatalogue, openKeeper } from '../../src/catalogue.ts'
import { createRandom } from '../../src/core/support/random.ts'
import { type Connection, connect } from '../../src/platform/catalogue/connect.ts'
import { type Postgres, startPostgres } from '../../src/platform/catalogue/postgres.fixture.ts'
import { type NearestSectionsQuery, nearestSections } from '../../src/platform/catalogue/section-sound-rows.ts'
import { type NearestQuery, nearestTracks, readSound } from '../../src/platform/catalogue/sound-rows.ts'
import { requireTeam } from '../../src/platform/catalogue/user-rows.ts'
import { peakResidentKib } from '../speed/peak-memory.ts'
import { BEATS, fillCatalogue, fillSections, SECTIONS_OF_TRACK } from './catalogue-fill.ts'
import { NO_DATABASE } from './catalogue-trial.ts'
import type { Outcome } from './outcome.ts'
import { processorMs } from './processor-time.ts'

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname
const PAGE_LIMIT_MS = 60
const SIMILAR_LIMIT_MS = 40
const LEAST_RECALL = 0.97
const MEMORY_LIMIT_MEGABYTES = 400
const ROUNDS = 200
/** Questions before those that are timed: a database that has run for a while holds the index in its memory, one that has just started reads it from the disk. */
const WARMING = 1000
const EXACT_ROUNDS = 50
const NEAREST = 20
/** As many sections have a sound, however many tracks there are: the index of more takes hours to build. */
const MOST_SECTIONS = 100_000
const TEAM = 'soak'
/** Index and rows of a million tracks fit into it, as they must on a machine that answers at once. */
const SETTINGS = ['shared_buffers=3GB', 'max_wal_size=2GB', 'checkpoint_timeout=30min', 'max_parallel_workers=2']

const PAGES = [
  '',
  'sort=artist',
  'sort=bpm&bpm_min=120&bpm_max=130',
  'sort=added&order=desc',
  'key=8A&sort=energy',
  'energy_min=5&energy_max=7',
]
const ALIKE = ['', 'tempo_within=4', 'tempo_within=4&compatible_keys=true', 'energy_within=1']
const SECTIONS_ALIKE = ['', 'kind=drop', 'kind=outro&tempo_within=4', 'kind=drop&energy_within=1']
/** As the filters of the requests, for what is compared with all tracks. */
const FILTERS: readonly NearestQuery['filter'][] = [
  null,
  { bpmRanges: [[118, 128]] },
  { bpmRanges: [[118, 128]], camelots: ['7A', '8A', '9A', '8B'] },
  { energies: [4, 6] },
]
const SECTION_FILTERS: readonly Pick<NearestSectionsQuery, 'kind' | 'filter'>[] = [
  { kind: undefined, filter: null },
  { kind: 'drop', filter: null },
  { kind: 'outro', filter: { bpmRanges: [[118, 128]] } },
  { kind: 'drop', filter: { energies: [4, 6] } },
]

const tell = (line: string): void => void process.stdout.write(`     ${line}\n`)

const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))]!

/** Gives sections to those of its tracks that are to have some, where none has. */
const withSections = async (url: string, tracks: number): Promise<void> => {
  const connection = connect(url)
  try {
    const sections = Math.min(tracks, MOST_SECTIONS)
    const [there] = await connection.sql<{ any: boolean }>(
      'SELECT EXISTS (SELECT 1 FROM algiers.section_sounds) AS any',
    )
    if (there!.any) return
    tell(`${sections} sections are being written`)
    tell(`the index of their sounds took ${(await fillSections(connection, sections, TEAM)).toFixed(0)} s`)
  } finally {
    await connection.close()
  }
}

/** A catalogue of so many tracks: one that was built and kept, or a new one. @returns its address, and how long its index took */
const built = async (
  postgres: Postgres,
  tracks: number,
): Promise<{ readonly url: string; readonly seconds: number }> => {
  const name = `scale_${tracks}`
  const server = connect(postgres.address('postgres'))
  try {
    const [there] = await server.sql<{ note: string | null }>(
      `SELECT shobj_description(oid, 'pg_database') AS note FROM pg_database WHERE datname = $1`,
      [name],
    )
    if (there?.note) {
      const url = postgres.address(name)
      await migrateCatalogue(url)
      await withSections(url, tracks)
      return { url, seconds: Number(there.note) }
    }
    // One without a note was not finished.
    if (there) await server.sql(`DROP DATABASE ${name} WITH (FORCE)`)
    const url = postgres.database(name)
    await initCatalogue(url, null)
    const connection = connect(url)
    const seconds = await fillCatalogue(connection, tracks, tell).finally(connection.close)
    await server.sql(`COMMENT ON DATABASE ${name} IS '${Math.round(seconds)}'`)
    tell(`the index of ${tracks} sounds took ${seconds.toFixed(0)} s`)
    await withSections(url, tracks)
    return { url, seconds }
  } finally {
    await server.close()
  }
}

/** How long so many questions take, one after the other, after many others. */
const ask = async (
  paths: (round: number) => string,
  {
    kinds,
    get,
    spent,
  }: { readonly kinds: number; readonly get: (path: string) => Promise<number>; readonly spent: () => number },
) => {
  const first: number[] = []
  for (let round = 0; round < kinds; round++) first.push(await get(paths(round)))
  for (let round = 0; round < WARMING; round++) await get(paths(round))
  const before = spent()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) times.push(await get(paths(round)))
  return {
    p95: percentile(times, 0.95),
    median: percentile(times, 0.5),
    processor: (spent() - before) / ROUNDS,
    slowestFirst: Math.max(...first),
  }
}

/** Which share of what comparing all finds is found by the index. @param draw what others are compared with; it then names the nearest */
const recallOf = async (draw: () => Promise<(isExact: boolean) => Promise<readonly string[]>>): Promise<number> => {
  let [found, wanted] = [0, 0]
  for (let round = 0; round < EXACT_ROUNDS; round++) {
    const find = await draw()
    const near = new Set(await find(false))
    const exact = await find(true)
    wanted += exact.length
    found += exact.filter((one) => near.has(one)).length
  }
  return found / wanted
}

const trackRecall = (connection: Connection, anyId: () => number, filter: NearestQuery['filter']): Promise<number> =>
  recallOf(async () => {
    const id = anyId()
    const query = { id, ...(await readSound(connection.sql, id))!, limit: NEAREST, filter }
    return async (isExact) => (await nearestTracks(connection, { ...query, isExact })).map((one) => `${one.id}`)
  })

const sectionRecall = async (
  connection: Connection,
  anyId: () => number,
  { kind, filter }: Pick<NearestSectionsQuery, 'kind' | 'filter'>,
): Promise<number> => {
  const teamId = await requireTeam(connection.sql, TEAM)
  return recallOf(async () => {
    const trackId = anyId()
    const [sound] = await connection.sql<{ vector: string; packDigest: string }>(
      `SELECT embedding::text AS vector, pack_digest AS "packDigest" FROM algiers.section_sounds WHERE track_id = $1 LIMIT 1`,
      [trackId],
    )
    const query = { teamId, trackId, kind, filter, ...sound!, limit: NEAREST }
    return async (isExact) =>
      (await nearestSections(connection, { ...query, isExact })).map((one) => `${one.trackId} ${one.startBeat}`)
  })
}

/** A real server over so many tracks: its pages, its neighbours, its memory. */
const measure = async (postgres: Postgres, tracks: number): Promise<readonly Outcome[]> => {
  const { url, seconds } = await built(postgres, tracks)
  const keeper = await openKeeper(url)
  const token = await keeper.grant({ name: `soak-${process.pid}-${tracks}`, role: 'reader', team: TEAM })
  await keeper.close()
  const connection = connect(url)
  const child = spawn(process.execPath, [MAIN, 'serve', '--catalogue', url, '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
    const { address } = JSON.parse(line) as { readonly address: string }
    const get = async (path: string): Promise<number> => {
      const asked = performance.now()
      const reply = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } })
      const answer = await reply.json()
      if (reply.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`)
      return performance.now() - asked
    }
    const random = createRandom(3)
    const anyId = (): number => 2 + Math.floor(random() * (tracks - 1))
    const sections = Math.min(tracks, MOST_SECTIONS)
    const anySounded = (): number => 2 + Math.floor(random() * (sections / SECTIONS_OF_TRACK - 1))
    const spent = (): number => processorMs(child.pid!) + processorMs(postgres.pid())
    const pages = await ask(
      (round) => `/api/tracks?limit=100&offset=${Math.floor(random() * 2000)}&${PAGES[round % PAGES.length]}`,
      { kinds: PAGES.length, get, spent },
    )
    const similar = await ask(
      (round) => `/api/tracks/${anyId()}/similar?limit=${NEAREST}&${ALIKE[round % ALIKE.length]}`,
      {
        kinds: ALIKE.length,
        get,
        spent,
      },
    )
    const similarSections = await ask(
      (round) => {
        const beat = BEATS * Math.floor(random() * SECTIONS_OF_TRACK)
        return `/api/sections/${anySounded()}-${beat}/similar?limit=${NEAREST}&${SECTIONS_ALIKE[round % SECTIONS_ALIKE.length]}`
      },
      { kinds: SECTIONS_ALIKE.length, get, spent },
    )
    const recalls: number[] = []
    for (const filter of FILTERS) recalls.push(await trackRecall(connection, anyId, filter))
    const sectionRecalls: number[] = []
    for (const query of SECTION_FILTERS) sectionRecalls.push(await sectionRecall(connection, anySounded, query))
    const megabytes = (peakResidentKib(child.pid!) ?? 0) / 1024
    const told = ({ p95, median, processor, slowestFirst }: typeof pages, limit: number): string =>
      `p95 ${p95.toFixed(0)} ms (limit ${limit}), median ${median.toFixed(0)} ms, ${processor.toFixed(1)} ms of processor each, the database's included, after ${WARMING} others; the first of each kind took ${slowestFirst.toFixed(0)} ms at most`
    return [
      {
        holds: pages.p95 <= PAGE_LIMIT_MS,
        what: `a page of 100 of ${tracks} tracks of a catalogue: ${told(pages, PAGE_LIMIT_MS)}`,
      },
      {
        holds: similar.p95 <= SIMILAR_LIMIT_MS,
        what: `the ${NEAREST} most similar of ${tracks}: ${told(similar, SIMILAR_LIMIT_MS)}; index built in ${seconds.toFixed(0)} s`,
      },
      {
        holds: recalls.every((recall) => recall >= LEAST_RECALL),
        what: `of the exact ones the index finds ${recalls.map((recall) => recall.toFixed(3)).join(', ')}: all, at a tempo, at a tempo in keys that fit, at an energy (least ${LEAST_RECALL})`,
      },
      {
        holds: similarSections.p95 <= SIMILAR_LIMIT_MS,
        what: `the ${NEAREST} most similar of ${sections} sections: ${told(similarSections, SIMILAR_LIMIT_MS)}`,
      },
      {
        holds: sectionRecalls.every((recall) => recall >= LEAST_RECALL),
        what: `of the exact ones the index finds ${sectionRecalls.map((recall) => recall.toFixed(3)).join(', ')}: all sections, drops, outros at a tempo, drops at an energy (least ${LEAST_RECALL})`,
      },
      {
        holds: megabytes > 0 && megabytes <= MEMORY_LIMIT_MEGABYTES,
        what: `memory of the server: ${megabytes.toFixed(0)} MB at most (limit ${MEMORY_LIMIT_MEGABYTES})`,
      },
    ]
  } finally {
    child.kill()
    await connection.close()
  }
}

/** @param keptIn a folder in which the catalogues stay; those that lie there are measured again and not built */
export const catalogueScale = async (
  sizes: readonly number[],
  keptIn: string | undefined,
): Promise<readonly Outcome[]> => {
  const postgres = startPostgres({ ...(keptIn === undefined ? {} : { keptIn }), settings: SETTINGS })
  if (postgres === null) return [NO_DATABASE]
  try {
    const outcomes: Outcome[] = []
    for (const size of new Set(sizes)) outcomes.push(...(await measure(postgres, size)))
    return outcomes
  } finally {
    postgres.stop()
  }
}
