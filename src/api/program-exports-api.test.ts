import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseLibrary } from '../core/interop/libraries/parse-library.ts'
import { rekordboxXml } from '../core/interop/libraries/rekordbox/rekordbox-xml.ts'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

let server: TestServer
let folder = ''
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-export-api-'))
  server = await startTestServer((store) => {
    addFixtureTrack(store, { index: 1, kinds: ['intro', 'drop', 'outro'], tags: { title: 'Summer' } })
    addFixtureTrack(store, { index: 2, kinds: ['intro', 'drop', 'outro'], tags: { title: 'Winter' } })
  })
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

type Job = {
  readonly status: string
  readonly result: Record<string, unknown> | null
  readonly error: { code: string } | null
}

const exported = async (body: object): Promise<Job> => {
  const { status, body: started } = await server.json<{ job_id: string }>('POST', '/api/exchange/export', body)
  expect(status).toBe(202)
  return until(async () => {
    const { body: job } = await server.json<Job>('GET', `/api/jobs/${started.job_id}`)
    return ['completed', 'failed'].includes(job.status) ? job : null
  })
}

test('a job writes the file, with cues as they are asked for, and says what to do with it', async () => {
  const output = join(folder, 'a.xml')
  const sections = { place: 'memory', kinds: ['drop'], colours: { drop: '#3b82f6' }, name_template: '{Kind} {n}' }
  const job = await exported({ format: 'rekordbox-xml', output, sections, track_ids: [1] })
  expect(job).toMatchObject({
    status: 'completed',
    result: { format: 'rekordbox-xml', tracks: 1, cues: 1, loops: 0, skipped: [], files: [output], changes: null },
  })
  expect(job.result!.traps).toContainEqual(expect.stringContaining('does not update tracks'))
  const [track] = parseLibrary(rekordboxXml, { name: output, bytes: readFileSync(output) }).tracks
  expect(track!.cues).toMatchObject([{ name: 'Drop 1', pad: null }])
})

test('sections go out as such by the same job', async () => {
  const output = join(folder, 'labels')
  const sections = { kinds: ['drop'] }
  const job = await exported({ format: 'audacity', output, sections })
  expect(job).toMatchObject({ status: 'completed', result: { format: 'audacity', tracks: 2, cues: 2, loops: 0 } })
  expect((job.result!.files as string[]).map((path) => readFileSync(path, 'utf8'))).toEqual(
    Array(2).fill('16.000000\t32.000000\tdrop\n'),
  )
})

test.each([
  ['engine', 'write rekordbox-xml for it'],
  ['mixxx', 'write serato for it'],
  ['virtualdj', 'write rekordbox-xml or serato for it'],
])('%s has no format of its own, and is told which one serves it', async (format, said) => {
  const job = await server.json<{ detail: string }>('POST', '/api/exchange/export', { format, output: folder })
  const file = await server.json<{ detail: string }>('GET', `/api/exchange/download?format=${format}`)
  for (const { status, body } of [job, file]) {
    expect(status).toBe(422)
    expect(JSON.stringify(body)).toContain(said)
  }
})

test('a folder without old tags fails the job that would put them back, and what is no folder is refused', async () => {
  const { status, body } = await server.json<{ job_id: string }>('POST', '/api/exchange/restore-tags', { folder })
  expect(status).toBe(202)
  const job = await until(async () => {
    const { body: found } = await server.json<Job>('GET', `/api/jobs/${body.job_id}`)
    return found.status === 'failed' ? found : null
  })
  expect(job).toMatchObject({ kind: 'restore-tags', result: null, error: { code: 'ROOT_NOT_FOUND' } })
  expect((await server.json('POST', '/api/exchange/restore-tags', {})).status).toBe(422)
})

test('cues are written where nothing is said of them; a file that is there fails the job', async () => {
  const output = join(folder, 'b.xml')
  expect((await exported({ format: 'rekordbox-xml', output, dry_run: true })).result).toMatchObject({ cues: 6 })
  expect((await exported({ format: 'rekordbox-xml', output })).result).toMatchObject({ cues: 6 })
  expect(await exported({ format: 'rekordbox-xml', output })).toMatchObject({
    status: 'failed',
    error: { code: 'EXPORT_EXISTS' },
  })
})

test.each([
  [{ format: 'pdf', output: 'x' }, 422],
  [{ format: 'm3u8' }, 422],
  [{ format: 'm3u8', output: 'x', sections: { loop: { bars: 5, at: 'start' } } }, 422],
  [{ format: 'm3u8', output: 'x', track_ids: [99] }, 404],
])('%j is refused at once', async (body, status) => {
  expect((await server.json('POST', '/api/exchange/export', body)).status).toBe(status)
})

test('the same file can be taken away; where nothing is to be written that is said', async () => {
  const address = '/api/exchange/download?format=rekordbox-xml&place=both&grid=true&lead_in_bars=8'
  const answer = await server.request('GET', address)
  expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Algiers.xml")
  const { tracks } = parseLibrary(rekordboxXml, { name: 'x', bytes: new Uint8Array(await answer.arrayBuffer()) })
  expect(tracks.map(({ title, grid, cues }) => [title, grid !== null, cues.length])).toEqual([
    ['Summer', true, 7],
    ['Winter', true, 7],
  ])
  expect((await server.json('GET', '/api/exchange/download?format=rekordbox-xml&lead_in_bars=5')).status).toBe(422)
})

test('several playlists come as an archive', async () => {
  const bytes = new Uint8Array(
    await (await server.request('GET', '/api/exchange/download?format=m3u8&playlists=true')).arrayBuffer(),
  )
  expect(Object.keys(unzipSync(bytes))).toEqual(['Algiers.m3u8', 'Algiers - All tracks.m3u8'])
})
