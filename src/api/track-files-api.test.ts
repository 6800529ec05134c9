import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTestTrack } from '../cli/test-track.fixture.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let folder = ''
const inFolder = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-files-'))
  mkdirSync(inFolder('music'))
  for (const [seed, name] of ['one', 'two', 'three', 'four'].entries())
    writeTestTrack(inFolder(`music/${name}.wav`), { bpm: 126, seed, rootHz: 55 })
  server = await startTestServer()
  await server.app.collection.addRoot(inFolder('music'))
  await server.app.collection.scan()
  for (const track of ['one', 'two'])
    await server.app.labelling.add(track, { kind: 'drop', startBeat: 16, endBeat: 48 })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

type Page = { readonly tracks: readonly { readonly id: number; readonly title: string; readonly state: string }[] }
const titles = async (query = ''): Promise<readonly string[]> =>
  (await server.json<Page>('GET', `/api/tracks?${query}`)).body.tracks.map(({ title }) => title)
const idOf = async (name: string): Promise<number> =>
  (await server.json<Page>('GET', `/api/tracks?status=all&q=${name}`)).body.tracks[0]!.id
const health = async (): Promise<object> => (await server.json<object>('GET', '/api/health')).body

test('tracks are removed and ignored in numbers, and labels go only on request', async () => {
  const ids = [await idOf('two'), await idOf('four')]
  expect(await server.json('POST', '/api/tracks/remove', { track_ids: ids })).toMatchObject({
    status: 409,
    body: { code: 'TRACK_HAS_WORK', work: { tracks: 1, labels: 1, edited_grids: 0, decisions: 0 } },
  })
  expect(await server.json('POST', '/api/tracks/remove', { track_ids: ids, with_work: true })).toMatchObject({
    status: 200,
    body: { removed: 2, ignored_files: 2, lost: { labels: 1 }, copy: expect.stringMatching(/^algiers-hand-/) },
  })
  for (const action of ['remove', 'ignore'])
    expect(await server.json('POST', `/api/tracks/${action}`, { track_ids: ids })).toMatchObject({
      status: 404,
      body: { code: 'TRACK_NOT_FOUND' },
    })
  expect(await server.json('POST', '/api/tracks/ignore', { track_ids: [await idOf('three')] })).toMatchObject({
    body: { ignored_files: 1, removed: 1, kept: 0 },
  })
  expect([await titles(), await health()]).toMatchObject([['one'], { tracks: 1, ignored_files: 3 }])
  const { body: files } = await server.json<{ id: number; title: string }[]>('GET', '/api/ignored-files')
  expect(files.map(({ title }) => title)).toEqual(['three', 'four', 'two'])
  for (const [status, file] of [
    [200, files[0]!],
    [404, files[0]!],
  ] as const)
    expect((await server.json('DELETE', `/api/ignored-files/${file.id}`)).status).toBe(status)
  await server.app.collection.scan()
  expect(await titles()).toEqual(['one', 'three'])
})

test('what a folder would take along is told first; missing tracks are listed only where asked for', async () => {
  const [root] = (await server.json<{ id: number }[]>('GET', '/api/roots')).body
  const counts = { going: 1, kept: 1, kept_labels: 1, elsewhere: 0 }
  expect(await server.json('GET', `/api/roots/${root!.id}/removal`)).toEqual({ status: 200, body: counts })
  expect(await server.json('DELETE', `/api/roots/${root!.id}`)).toEqual({
    status: 200,
    body: {
      message: `${inFolder('music')} is not read any more; 1 with your labels or edits are kept under Missing`,
      ...counts,
    },
  })
  expect([await titles(), await titles('status=missing'), await titles('has_labels=false')]).toEqual([[], ['one'], []])
  expect(await health()).toMatchObject({ tracks: 0, missing: 1, not_analysed: 0, unreadable: 0 })
  expect((await server.json('GET', '/api/training/labels')).body).toMatchObject([
    { label_value: 'drop', track_path: inFolder('music/one.wav') },
  ])
  expect((await server.json<unknown[]>('GET', '/api/suggestions?order=teaching')).body).toEqual([])
})

test('missing tracks are found by their audio; other audio is refused with what differs', async () => {
  renameSync(inFolder('music'), inFolder('renamed'))
  const id = await idOf('one')
  expect(
    await server.json('POST', '/api/tracks/relocate', { path: inFolder('renamed/two.wav'), track_ids: [id] }),
  ).toMatchObject({
    status: 409,
    body: { code: 'OTHER_AUDIO', detail: expect.stringContaining('a different recording from “one') },
  })
  expect(await server.json('POST', '/api/tracks/relocate', { path: inFolder('renamed') })).toMatchObject({
    status: 200,
    body: {
      relocated: [{ track_id: id, path: inFolder('renamed/one.wav') }],
      not_found: [],
      added_root: { path: inFolder('renamed') },
    },
  })
  expect([await titles(), await titles('status=missing')]).toEqual([['one'], []])
})
