import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type App, openApp } from '../../app.ts'
import { type ErrorReport, UserError } from '../../core/support/user-error.ts'
import { LogFile } from '../../platform/store/log-file.ts'
import { openStore } from '../../platform/store/store.ts'
import { addLabelledTracks } from '../kit/library.fixture.ts'
import { logActions } from './log-actions.ts'
import { writeReport } from './report.ts'

const AT = '2026-11-29T12:00:00.000Z'
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-report-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** No word of the program and no number holds it, so that a name is found again wherever any part of it with this stands. */
const MARK = 'Zqxj'
/** What makes a name look like something else: a new entry, an error, a place in the program, the end of a line. */
const TRAPS = [
  '',
  '\n2026-11-29T12:00:00.000Z INTERNAL ',
  '\n2026-11-29T12:00:00.000Z DATABASE_GONE ',
  '\n    at f (file:///src/',
  `\n    at f (${join(import.meta.dirname, '..', '..')}/`,
  '\nTypeError: ',
  '/Users/',
  'C:\\Users\\',
  'its answer is off by 1 from that of ',
] as const
const odd = fc
  .tuple(
    fc.constantFrom(...TRAPS),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('', '.ts:1:2)', ' cpu', '\n'),
  )
  .map(([trap, middle, end]) => `${trap}${MARK}${middle}${end}`)

const failureOf = (detail: string): ErrorReport => ({ code: 'AUDIO_UNREADABLE', title: detail, detail, hint: detail })

test('whatever titles, files and folders are called, nothing of them is in a report without names', async () => {
  await fc.assert(
    fc.asyncProperty(odd, odd, async (title, path) => {
      const log = new LogFile(join(folder, 'log'))
      const { note, noteError, noteFailedJob } = logActions(log)
      await note(`Reads ${path}`)
      await noteError(new UserError('AUDIO_NOT_FOUND', `${path}: ENOENT`))
      await noteError(new TypeError(`${title} is not a function`))
      await noteFailedJob({ jobId: 'job_1', kind: 'scan', error: failureOf(`${title} in ${path}`) })
      log.append(title)
      const ears = {
        state: 'ready',
        provider: 'cpu',
        tried: [
          { provider: 'cuda', milliseconds: null, problem: `${path}: no such file` },
          { provider: 'cpu', milliseconds: 2, problem: null },
        ],
      } as never
      const checks = [{ name: 'folder', state: 'warning', detail: `${path} is offline`, hint: title }] as const
      const health = {
        ...{ library: { state: 'sound', warning: title }, freeBytes: 1, tracks: 1, threads: 2 },
        ...{ roots: { online: 1 }, jobs: { running: 1 } },
      } as never
      const open = { ears, checks, health, schema: 17 }
      for (const library of [open, { problem: failureOf(path) }]) {
        const report = writeReport(library, log, { withNames: false, at: AT })
        expect(report).not.toContain(MARK)
        expect(report).toContain('AUDIO_UNREADABLE')
        if (library === open) expect(report).toMatch(/1 track: [\s\S]*1 folder, [\s\S]*1 job running, [\s\S]*2 threads/)
      }
      rmSync(log.folder, { recursive: true })
    }),
    { numRuns: 150 },
  )
})

test('with names the details and the log are in it, for whoever has ticked that', async () => {
  const log = new LogFile(folder)
  await logActions(log).noteError(new UserError('AUDIO_NOT_FOUND', '/music/Ünïcode.wav: ENOENT'))
  const report = writeReport({ problem: failureOf('/music is gone') }, log, { withNames: true, at: AT })
  expect(report).toContain('/music is gone')
  expect(report).toContain('/music/Ünïcode.wav')
  expect(report).toContain('With names')
})

test('of a fault in the program it tells where that was', async () => {
  const log = new LogFile(folder)
  const { noteError } = logActions(log)
  await noteError(new TypeError('something of a track'))
  const report = writeReport({ problem: failureOf('x') }, log, { withNames: false, at: AT })
  expect(report).toMatch(/INTERNAL, a fault in Algiers\n\s+at src\/engine\/upkeep\/report\.test\.ts:\d+/)
  expect(report).not.toContain('something of a track')
})

test('a whole library with its folders, tracks and models gives none of their names away', async () => {
  const dataDir = join(folder, `${MARK} data`)
  const store = openStore(dataDir)
  addLabelledTracks(store)
  store.roots.add(join(folder, `${MARK} music`))
  store.close()
  const app: App = await openApp({ dataDir })
  try {
    const titles = (await app.collection.searchTracks({})).tracks.map(({ title }) => title)
    expect(titles.length).toBeGreaterThan(3)
    const report = await app.upkeep.report(false)
    for (const name of [MARK, tmpdir()]) expect(report).not.toContain(name)
    expect(report).toContain(`${titles.length} tracks`)
    expect(report).toMatch(/runs on (?:cpu|wasm)/)
    expect(await app.upkeep.report(true)).toContain(MARK)
  } finally {
    await app.close()
  }
})
