import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rekordboxXmlOf } from '../engine/exchange/rekordbox-xml.fixture.ts'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

let server: TestServer
let client: Client
let folder = ''
let track = 0
const library = () => join(folder, 'rekordbox.xml')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-exchange-'))
  const marks = [
    { name: 'Intro', start: 0 },
    { name: 'Banger', start: 16 },
    { name: 'Outro', start: 32 },
  ]
  writeFileSync(library(), rekordboxXmlOf([{ path: '/gone/1.wav', marks }, { path: '/nowhere/2.wav' }]))
  server = await startTestServer((store) => {
    store.settings.set('base_model', false)
    track = addFixtureTrack(store, { index: 1 })
  })
  client = createClient(server.address)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const ended = (jobId: string) =>
  until(async () => {
    const job = await client.job({ params: { job_id: jobId } })
    return ['completed', 'failed', 'cancelled'].includes(job.status) ? job : null
  })

describe('a library of another DJ program over REST', () => {
  it('is looked through by a job, which changes nothing and says what it found', async () => {
    const { job_id } = await client.lookThrough({ body: { path: library() } })
    const job = await ended(job_id)
    expect(job).toMatchObject({
      kind: 'look-through',
      status: 'completed',
      result: {
        dry_run: true,
        libraries: [
          {
            format: 'rekordbox-xml',
            program: 'rekordbox',
            tracks: 2,
            cues: 3,
            matched: 1,
            unmatched: 1,
            unmatched_by: [{ reason: 'not found', tracks: 1 }],
            suggestions: 2,
            questions: [{ key: 'banger', examples: [{ track_id: track, seconds: 16 }] }],
            import_id: null,
          },
        ],
      },
    })
    expect(await client.listImports()).toEqual([])
  })
  it('is brought in, accepted, taken back and undone', async () => {
    const { job_id } = await client.bringIn({
      body: { path: library(), answers: [{ key: 'banger', kind: 'drop' }] },
    })
    expect(await ended(job_id)).toMatchObject({
      status: 'completed',
      result: {
        format: 'rekordbox-xml',
        program: 'rekordbox',
        tracks: 2,
        matched: 1,
        unmatched: 1,
        suggestions: 3,
        warnings: [],
        libraries: [{ import_id: 1, suggestions: 3 }],
      },
    })
    const suggestions = await client.listSuggestions({ query: { track_id: track } })
    expect(suggestions.map(({ kind, version, runner_up }) => [kind, version, runner_up])).toEqual([
      ['intro', null, null],
      ['drop', null, null],
      ['outro', null, null],
    ])
    expect(suggestions[1]!.imported).toEqual({ import_id: 1, program: 'rekordbox', element: 'cue', name: 'Banger' })
    expect(await client.importTracks({ params: { id: 1 } })).toMatchObject([{ track_id: track, suggestions: 3 }])
    const { acceptance, labels } = await client.acceptImport({ params: { id: 1 }, body: { kind: 'drop' } })
    expect(labels).toBe(1)
    expect(await client.listLabels({ query: {} })).toMatchObject([{ label_value: 'drop', source: 'imported' }])
    expect(await client.importDetails({ params: { id: 1 } })).toMatchObject({ open: 2, accepted: 1 })
    expect(await client.takeBackAcceptance({ params: { id: acceptance } })).toMatchObject({ labels_removed: 1 })
    const [playlist] = await client.listPlaylists()
    expect(playlist).toMatchObject({ name: 'Friday', folders: ['Nights'], tracks: 1, import_id: 1 })
    expect(await client.playlistTracks({ params: { id: playlist!.id } })).toEqual({ track_ids: [track] })
    await client.removePlaylist({ params: { id: playlist!.id } })
    const lookAgain = async (deleted: boolean) =>
      ended((await client.lookThrough({ body: { path: library(), deleted } })).job_id)
    expect(await lookAgain(false)).toMatchObject({
      result: { libraries: [{ playlists_added: 0, playlists_deleted: 1 }] },
    })
    expect(await lookAgain(true)).toMatchObject({
      result: { libraries: [{ playlists_added: 1, playlists_deleted: 0 }] },
    })
    await client.undoPlaylists({})
    expect(await client.undoImport({ params: { id: 1 } })).toMatchObject({ playlists_removed: 1 })
    expect(await client.listSuggestions({ query: { track_id: track } })).toEqual([])
    expect(await client.listPlaylists()).toEqual([])
  })
  it('is refused by its code where there is none', async () => {
    for (const path of [join(folder, 'nothing'), join(folder, 'no\0thing')]) {
      const { job_id } = await client.bringIn({ body: { path } })
      expect(await ended(job_id)).toMatchObject({ status: 'failed', error: { code: 'FOREIGN_LIBRARY_NOT_FOUND' } })
    }
    const answer = await server.json('GET', '/api/exchange/imports/99')
    expect(answer).toMatchObject({ status: 404, body: { code: 'IMPORT_NOT_FOUND' } })
  })
})
