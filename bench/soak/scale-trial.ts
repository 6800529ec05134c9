import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeManyTracks } from './many-tracks.ts'
import type { Outcome } from './outcome.ts'
import { startWatchedServer } from './watched-server.ts'

const START_LIMIT_MS = 2000
const PAGE_LIMIT_MS = 60
const MEMORY_LIMIT_MEGABYTES = 400
const DOCTOR_LIMIT_MS = 2000
const QUERIES = [
  '',
  'sort=artist',
  'sort=bpm&bpm_min=120&bpm_max=130',
  'q=title%2077',
  'sort=added&order=desc',
  'sort=energy&order=desc&energy_min=5',
  'has_labels=true&sort=labels',
  'status=all',
] as const
const ROUNDS = 12

/** A real server over so many tracks: its start, its pages, its memory. */
export const scaleTrial = async (tracks: number): Promise<readonly Outcome[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-scale-'))
  const dataDir = join(folder, 'data')
  try {
    writeManyTracks(dataDir, tracks)
    const begun = performance.now()
    const server = await startWatchedServer(folder, dataDir)
    const startMs = performance.now() - begun
    try {
      const times: number[] = []
      const spent = (since: number): string => `${((server.processorMs() ?? 0) - since).toFixed(0)} ms of processor`
      const spentOnStart = spent(0)
      const beforePages = server.processorMs() ?? 0
      let total = 0
      for (let round = 0; round < ROUNDS; round++)
        for (const query of QUERIES) {
          const asked = performance.now()
          const path = `/api/tracks?limit=100&offset=${(round * 997) % 2000}&${query}`
          const page = await server.json<{ readonly total: number }>('GET', path)
          times.push(performance.now() - asked)
          total = Math.max(total, page.total)
        }
      times.sort((a, b) => a - b)
      const p95 = times[Math.floor(0.95 * times.length)]!
      const perPage = ((server.processorMs() ?? 0) - beforePages) / times.length
      const [asked, beforeDoctor] = [performance.now(), server.processorMs() ?? 0]
      await server.json('GET', '/api/doctor')
      const spentOnDoctor = spent(beforeDoctor)
      const doctorMs = performance.now() - asked
      const megabytes = server.peakMegabytes()
      await server.stop()
      return [
        {
          holds: total === tracks && startMs <= START_LIMIT_MS,
          what: `${total} tracks: started in ${startMs.toFixed(0)} ms (limit ${START_LIMIT_MS}), ${spentOnStart}`,
        },
        {
          holds: p95 <= PAGE_LIMIT_MS,
          what: `a page of 100 of them: p95 ${p95.toFixed(0)} ms (limit ${PAGE_LIMIT_MS}), median ${times[times.length >> 1]!.toFixed(0)} ms, ${perPage.toFixed(0)} ms of processor each`,
        },
        {
          holds: doctorMs <= DOCTOR_LIMIT_MS,
          what: `the doctor: ${doctorMs.toFixed(0)} ms (limit ${DOCTOR_LIMIT_MS}), ${spentOnDoctor}`,
        },
        {
          holds: (megabytes ?? 0) <= MEMORY_LIMIT_MEGABYTES,
          what: `${megabytes?.toFixed(0) ?? 'unknown'} MB at most (limit ${MEMORY_LIMIT_MEGABYTES})`,
        },
      ]
    } finally {
      server.kill()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
