import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { filesOfTracks, rowsOfTracks } from './left-behind.ts'
import { writeShortTracks } from './short-tracks.ts'
import { openTablePage } from './table-page.ts'
import { startWatchedServer, type WatchedServer } from './watched-server.ts'

const FIRST_TRACKS = 10
/** Tracks of a folder that stays while the large one is taken out. */
const STAYING_FILES = 12
const POLL_MS = 100
const IDLE_SECONDS = 5
const EVENT_SECONDS = 5
/** Waveforms that are asked for at the moment when their folder goes. */
const ASKED_WAVEFORMS = 20

export type LibraryReport = {
  readonly files: number
  /** From the request to scan an empty library to the first answer with ten tracks that have sections. */
  readonly firstSectionsSeconds: number
  /** From the same request until every file is a row. */
  readonly listedSeconds: number
  /** The first page of the table, asked for while the library is analysed. */
  readonly firstTableMs: number
  /** The same in a browser, from the navigation to a frame with rows, the median of some visits; null where none looks. */
  readonly firstPaintMs: number | null
  /** Longest task of the page while it shows the table, and while the folder is taken out. */
  readonly longestTaskMs: { readonly analysing: number; readonly takingOut: number } | null
  /** Null where nobody counts. */
  readonly eventsASecond: number | null
  /** Of one processor, while all folders are watched and nothing changes; null where the system does not tell. */
  readonly idleShare: number | null
  /** Highest resident memory of the server; null where the system does not tell. */
  readonly peakMegabytes: number | null
  readonly memoryParts: string
  readonly takenOutSeconds: number
  /** Tracks that went but were still found to sound alike. */
  readonly similarGone: number
  /** Rows that name a track, by table, and files of the cache: after the folder went in the middle of its analysis, and after the last one went. */
  readonly leftBehind: Readonly<Record<string, number>>
}

type Track = { readonly id: number; readonly strip: readonly object[] | null }
type Tracks = { readonly tracks: readonly Track[]; readonly total: number }
type Job = { readonly status: string; readonly progress: { readonly done: number } }

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await sleep(POLL_MS)
}

const countEvents = async (address: string, seconds: number): Promise<number> => {
  const stop = new AbortController()
  const { body } = await fetch(`${address}/api/events`, { signal: stop.signal })
  setTimeout(() => stop.abort(), seconds * 1000)
  let events = 0
  try {
    for await (const chunk of body!.pipeThrough(new TextDecoderStream()))
      events += chunk.match(/^event:/gm)?.length ?? 0
  } catch {
    // Aborted, as was wanted.
  }
  return events / seconds
}

const putIn = async (
  { json }: WatchedServer,
  { files, stayed }: { readonly files: number; readonly stayed: readonly number[] },
): Promise<Pick<LibraryReport, 'firstSectionsSeconds' | 'listedSeconds'> & { readonly jobId: string }> => {
  const page = (): Promise<Tracks> => json('GET', '/api/tracks?sort=added&order=asc&limit=100')
  const begun = performance.now()
  const seconds = (): number => (performance.now() - begun) / 1000
  const { job_id: jobId } = await json<{ job_id: string }>('POST', '/api/scan', {})
  let firstSectionsSeconds: number | null = null
  let listedSeconds: number | null = null
  while (firstSectionsSeconds === null || listedSeconds === null) {
    await sleep(POLL_MS)
    const { tracks, total } = await page()
    const withSections = tracks.filter(({ id, strip }) => strip !== null && !stayed.includes(id))
    if (withSections.length >= FIRST_TRACKS) firstSectionsSeconds ??= seconds()
    if (total === files + stayed.length) listedSeconds ??= seconds()
  }
  return { firstSectionsSeconds, listedSeconds, jobId }
}

/**
 * A real server, so many short files, and nobody who waits: put in, looked at, taken out again while they are analysed and asked for.
 * @param isMeasured false leaves out what takes a browser, or some seconds in which nothing is done but counting
 */
export const libraryTrial = async (files: number, isMeasured = true): Promise<LibraryReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-library-'))
  const [dataDir, music, staying] = [join(folder, 'data'), join(folder, 'music'), join(folder, 'staying')]
  writeShortTracks(music, files, 128)
  writeShortTracks(staying, STAYING_FILES, 96)
  const server = await startWatchedServer(folder, dataDir)
  try {
    const { json, address } = server
    const database = join(dataDir, 'algiers.db')
    const rootOf = async (path: string): Promise<number> =>
      (await json<{ id: number }>('POST', '/api/roots', { path })).id
    const isOver = async (jobId: string): Promise<boolean> =>
      !['pending', 'running'].includes((await json<Job>('GET', `/api/jobs/${jobId}`)).status)
    const kept = await rootOf(staying)
    const { job_id: first } = await json<{ job_id: string }>('POST', '/api/scan', {})
    await until(() => isOver(first))
    const stayed = (await json<Tracks>('GET', '/api/tracks?limit=100')).tracks.map(({ id }) => id)

    const root = await rootOf(music)
    const { jobId, ...times } = await putIn(server, { files, stayed })
    const asked = performance.now()
    await json('GET', '/api/tracks?limit=100')
    const firstTableMs = performance.now() - asked
    const eventsASecond = isMeasured ? await countEvents(address, EVENT_SECONDS) : null
    const page = isMeasured ? await openTablePage(address) : null
    const analysing = (await page?.longestTaskMs(() => sleep(IDLE_SECONDS * 1000))) ?? null
    if (!(await isOver(jobId))) await json('POST', `/api/jobs/${jobId}/cancel`)
    const idleShare = isMeasured ? await server.idleShare(IDLE_SECONDS) : null

    const { job_id: again } = await json<{ job_id: string }>('POST', '/api/analyze', { new_grids: true })
    await until(async () => (await json<Job>('GET', `/api/jobs/${again}`)).progress.done > 0 || (await isOver(again)))
    const { tracks: last } = await json<Tracks>('GET', `/api/tracks?sort=added&order=desc&limit=${ASKED_WAVEFORMS}`)
    const waveforms = last.map(({ id }) => fetch(`${address}/api/tracks/${id}/waveform`).catch(() => null))
    let takenOutSeconds = 0
    const takeOut = async (): Promise<void> => {
      const begun = performance.now()
      await json('DELETE', `/api/roots/${root}`)
      takenOutSeconds = (performance.now() - begun) / 1000
    }
    const takingOut = page === null ? await takeOut().then(() => 0) : await page.longestTaskMs(takeOut)
    await Promise.all(waveforms)
    await until(() => isOver(again))
    await page?.close()
    const midway = rowsOfTracks(database, stayed)
    const similar = await json<readonly { readonly track: Track }[]>('GET', `/api/tracks/${stayed[0]}/similar`)
    const similarGone = similar.filter(({ track }) => !stayed.includes(track.id)).length
    const [peakMegabytes, memoryParts] = [server.peakMegabytes(), server.memoryParts()]
    await json('DELETE', `/api/roots/${kept}`)
    await server.stop()
    const cached = filesOfTracks(join(dataDir, 'cache'))
    return {
      files,
      ...times,
      firstTableMs,
      firstPaintMs: page?.firstRowsMs ?? null,
      longestTaskMs: analysing === null ? null : { analysing, takingOut },
      eventsASecond,
      idleShare,
      peakMegabytes,
      memoryParts,
      takenOutSeconds,
      similarGone,
      leftBehind: {
        ...rowsOfTracks(database),
        ...Object.fromEntries(Object.entries(midway).map(([table, rows]) => [`${table} midway`, rows])),
        ...(cached > 0 ? { 'files in the cache': cached } : {}),
      },
    }
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
