import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '../../src/api/start-server.ts'
import { type App, openApp } from '../../src/app.ts'
import { NOTHING_DONE } from '../../src/engine/jobs/job-records.ts'
import { runConcurrently } from '../../src/engine/kit/run-concurrently.ts'
import { openStore } from '../../src/platform/store/store.ts'
import { writeManyTracks } from './many-tracks.ts'
import type { Outcome } from './outcome.ts'
import { startTurnMeter } from './turn-meter.ts'

const TURN_LIMIT_MS = 50
const START_LIMIT_MS = 2000
const AT_ONCE = 4
const TRACKS = 1000
const PAGE = 500

const headers = { 'content-type': 'application/json' }

/** Everybody asks for something else: what does not fit is refused, and nobody waits for it. */
const asked = async (app: App, jobs: number): Promise<readonly Outcome[]> => {
  // All of them wait.
  const still = { ...app, jobs: { ...app.jobs, resume: async () => {} } }
  const server = await startServer(still, { port: 0, report: () => {} })
  const meter = startTurnMeter()
  const statuses = new Map<number, number>()
  const ask = async (index: number): Promise<void> => {
    const body = JSON.stringify({ track_ids: [1 + (index % TRACKS), 1 + Math.floor(index / TRACKS)] })
    const { status } = await fetch(`${server.address}/api/analyze`, { method: 'POST', headers, body })
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  const page = async (): Promise<readonly unknown[]> =>
    (await (await fetch(`${server.address}/api/jobs?limit=${PAGE}`)).json()) as readonly unknown[]
  const turn = async (act: () => Promise<unknown>): Promise<number> => {
    meter.longestMs()
    await act()
    return meter.longestMs()
  }
  try {
    // What is loaded at the first request is not measured.
    await ask(jobs)
    await page()
    const asking = await turn(() =>
      runConcurrently(
        Array.from({ length: jobs }, (_, at) => at),
        ask,
        { concurrency: AT_ONCE },
      ),
    )
    const listing = await turn(page)
    const listed = (await page()).length
    let cancelled = 0
    const cancelling = await turn(async () => {
      const answer = await fetch(`${server.address}/api/jobs/cancel`, { method: 'POST' })
      cancelled = ((await answer.json()) as { cancelled: number }).cancelled
    })
    const told = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ')
    const longest = Math.max(asking, listing, cancelling)
    return [
      {
        holds:
          longest <= TURN_LIMIT_MS && listed <= PAGE && [...statuses.keys()].every((one) => one === 202 || one === 429),
        what: `${jobs} different jobs asked for: ${told}; others waited ${asking.toFixed(0)} ms of processor time at most, for a page of ${listed} ${listing.toFixed(0)}, while ${cancelled} were cancelled ${cancelling.toFixed(0)} (limit ${TURN_LIMIT_MS})`,
      },
    ]
  } finally {
    meter.stop()
    await server.close()
  }
}

/** More than may wait: another version left them. */
const leave = (dataDir: string, jobs: number): void => {
  const store = openStore(dataDir)
  for (let index = 0; index < jobs; index++) {
    const { id } = store.jobs.add({
      kind: 'analyse',
      status: 'pending',
      priority: 1,
      payload: { trackIds: [index], newGrids: false },
      progress: NOTHING_DONE,
    })
    if (index % 10 === 0) store.jobs.update(id, { status: 'running', attempt: 1 })
  }
  store.close()
}

type Stretch = { readonly startMs: number; readonly longestMs: number; readonly slowestMs: number }

/** Opens the library, works its jobs off until no more than so many wait, and has a client ask for pages meanwhile. */
const workOff = async (dataDir: string, left: number, completed: Set<number>): Promise<Stretch> => {
  const before = process.threadCpuUsage()
  const app = await openApp({ dataDir })
  const { user, system } = process.threadCpuUsage(before)
  const { stop } = await app.events.follow(null, ({ event }) => {
    if (event.type === 'job' && event.job.status === 'completed') completed.add(event.job.id)
  })
  const server = await startServer(app, {
    port: 0,
    report: (bug) => {
      throw bug
    },
  })
  const page = async (): Promise<void> => {
    const answer = await fetch(`${server.address}/api/jobs?limit=50`)
    if (!answer.ok) throw new Error(`A page of jobs: ${answer.status}`)
    await answer.json()
  }
  // What is loaded at the first request is not measured.
  await page()
  const meter = startTurnMeter()
  let slowestMs = 0
  const live = async (): Promise<number> => {
    const { waiting, running } = (await app.upkeep.health()).jobs
    return left === 0 ? waiting + running : waiting
  }
  while ((await live()) > left) {
    const asked = process.threadCpuUsage()
    await page()
    const spent = process.threadCpuUsage(asked)
    slowestMs = Math.max(slowestMs, (spent.user + spent.system) / 1000)
  }
  const longestMs = meter.longestMs()
  meter.stop()
  await server.close()
  await app.close()
  stop()
  return { startMs: (user + system) / 1000, longestMs, slowestMs }
}

/** Starts over so many jobs, a tenth of which were under way, is closed amid them, and works the rest off. */
const recovered = async (dataDir: string, jobs: number): Promise<readonly Outcome[]> => {
  leave(dataDir, jobs)
  const completed = new Set<number>()
  const stretches = [await workOff(dataDir, Math.floor(jobs / 2), completed), await workOff(dataDir, 0, completed)]
  const most = (of: keyof Stretch): number => Math.max(...stretches.map((one) => one[of]))
  return [
    {
      holds: completed.size === jobs && most('startMs') <= START_LIMIT_MS && most('longestMs') <= TURN_LIMIT_MS,
      what: `${jobs} jobs queued, a tenth of them under way, and a restart in the middle: ${completed.size} completed; opened in ${most('startMs').toFixed(0)} ms of processor time (limit ${START_LIMIT_MS}), others waited ${most('longestMs').toFixed(0)} ms at most (limit ${TURN_LIMIT_MS}), a page of jobs ${most('slowestMs').toFixed(0)}`,
    },
  ]
}

/** A queue of many different jobs. */
export const queueTrial = async (jobs: number): Promise<readonly Outcome[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-queue-'))
  try {
    writeManyTracks(join(folder, 'asked'), TRACKS)
    const app = await openApp({ dataDir: join(folder, 'asked') })
    const outcomes = await asked(app, jobs)
    await app.close()
    return [...outcomes, ...(await recovered(join(folder, 'left'), jobs))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
