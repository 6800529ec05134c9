import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LoggedEvent } from '../engine/kit/event-log.ts'
import { addFixtureTrack, addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

const LABELS = '/api/training/labels'
let server: TestServer
let bare = 0
beforeEach(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store, 2)
    bare = addFixtureTrack(store, { index: 50, path: 'deep/Summer Nights.wav' })
    addFixtureTrack(store, { index: 51, path: 'other/0.wav', kinds: ['verse'] })
  })
})
afterEach(() => server.close())

type Label = { track_id: number; label_value: string; start_beat: number; end_beat: number; source: string }
type Report = {
  dry_run: boolean
  imported: number
  unchanged: number
  skipped: number
  tracks: number[]
  refused: { file: string; label: string; error: { code: string } }[]
  failures: { file: string; error: { code: string } }[]
  files: {
    file: string
    imported: number
    unchanged: number
    skipped: number
    tracks: number[]
    reasons: string[]
    unmatched: { name: string; reason: string }[]
  }[]
}

const importFiles = (files: Record<string, string>, options = {}): Promise<{ status: number; body: Report }> =>
  server.json<Report>('POST', `${LABELS}/import`, {
    files: Object.entries(files).map(([name, text]) => ({ name, text })),
    ...options,
  })
const labelsOf = async (track = bare): Promise<unknown[]> =>
  (await server.json<Label[]>('GET', `${LABELS}?track_id=${track}`)).body.map((label) => [
    label.label_value,
    label.start_beat,
    label.end_beat,
  ])
const labelEvents = async (): Promise<LoggedEvent[]> =>
  (await server.app.events.since(0)).events.filter(({ event }) => event.type === 'labels')

/** At 120 BPM: beats 0–32 and 32–48, then a name that is no kind, then beats 40–60, which is taken already. */
const AUDACITY = '0.0\t16.0\tintro\n16.0\t24.0\tdrop\n24.0\t26.0\tapplause\n20.0\t30.0\tbreak\n'

test('files are taken by their contents, and each says what came of it', async () => {
  const csv = 'track_path,label,start_beat,end_beat\nSummer Nights.wav,outro,64,96\nnobody.wav,outro,0,32\n'
  const files = { 'Summer Nights.txt': AUDACITY, 'all.csv': csv, 'a.jams': '{"neither": 1}' }
  const { status, body } = await importFiles(files)
  expect(status).toBe(200)
  expect(body).toMatchObject({ dry_run: false, imported: 3, unchanged: 0, skipped: 1, tracks: [bare] })
  const taken = { tracks: [bare], titles: ['Summer Nights'] }
  expect(body.files).toEqual([
    {
      ...{ file: 'Summer Nights.txt', format: 'audacity', imported: 2, unchanged: 0, skipped: 1, ...taken },
      reasons: ['1 label is not named after a section: applause.', 'break 20–30 s: break 40–60 overlaps drop 32–48.'],
      unmatched: [],
    },
    {
      ...{ file: 'all.csv', format: 'csv', imported: 1, unchanged: 0, skipped: 0, ...taken },
      reasons: [expect.stringMatching(/^Track not found.*nobody\.wav/)],
      unmatched: [{ name: 'nobody.wav', reason: expect.stringMatching(/^Track not found/) }],
    },
    {
      ...{ file: 'a.jams', format: null, imported: 0, unchanged: 0, skipped: 0, tracks: [], titles: [] },
      reasons: [expect.stringMatching(/^Unknown file format.*REAPER/)],
      unmatched: [],
    },
  ])
  expect(body.refused.map(({ file, label, error }) => [file, label, error.code])).toEqual([
    ['Summer Nights.txt', 'break 20–30 s', 'LABEL_OVERLAP'],
  ])
  expect(body.failures.map(({ file, error }) => [file, error.code])).toEqual([
    ['all.csv', 'TRACK_NOT_FOUND'],
    ['a.jams', 'FORMAT_UNKNOWN'],
  ])
  expect(await labelsOf()).toEqual([
    ['intro', 0, 32],
    ['drop', 32, 48],
    ['outro', 64, 96],
  ])
  expect((await labelEvents()).map(({ event }) => event)).toEqual([{ type: 'labels', trackIds: [bare] }])
  expect((await importFiles(files)).body).toMatchObject({ imported: 0, unchanged: 3, tracks: [] })
})

test('a dry run says the same, sees its own earlier labels, and changes nothing', async () => {
  const files = { 'Summer Nights.txt': AUDACITY, 'again.txt': AUDACITY }
  const options = { track_id: bare, overlap: 'trim' }
  const rehearsed = (await importFiles(files, { ...options, dry_run: true })).body
  expect(rehearsed.files.map(({ imported, unchanged }) => [imported, unchanged])).toEqual([
    [3, 0],
    [2, 1],
  ])
  expect(await labelsOf()).toEqual([])
  expect(await labelEvents()).toEqual([])
  const { dry_run, ...done } = (await importFiles(files, options)).body
  expect({ ...done, dry_run: true }).toEqual(rehearsed)
  expect(await labelsOf()).not.toEqual([])
  // What is written after a dry run stays.
  expect(dry_run).toBe(false)
  await importFiles({ 'x.txt': '40.0\t44.0\toutro\n' }, { ...options, dry_run: true })
  expect((await server.json('PUT', `/api/tracks/${bare}/labels`, { labels: [] })).status).toBe(200)
  expect(await labelsOf()).toEqual([])
})

test('a client names files, never places of this machine', async () => {
  const { path } = (await server.json<{ path: string }>('GET', `/api/tracks/${bare}`)).body
  const csv = (name: string): string => `track_path,label,start_beat,end_beat\n${name},outro,64,96\n`
  expect((await importFiles({ 'a.csv': csv(path) })).body.tracks).toEqual([bare])
  const { failures } = (await importFiles({ '/gone/deep/x.csv': csv('../other/absent.wav') })).body
  expect(failures).toMatchObject([{ file: 'x.csv', error: { code: 'TRACK_NOT_FOUND' } }])
})

test.each([
  [{}, 'VALIDATION_FAILED'],
  [{ files: [] }, 'VALIDATION_FAILED'],
  [{ files: [{ name: 'a', path: '/etc/passwd' }] }, 'VALIDATION_FAILED'],
  [{ files: [{ name: 'a', text: '' }], track_id: 4711 }, 'TRACK_NOT_FOUND'],
  [{ files: [{ name: 'a', text: 'x'.repeat(9 << 20) }] }, 'PAYLOAD_TOO_LARGE'],
])('a request that cannot be meant is refused: %#', async (body, code) => {
  expect((await server.json<{ code: string }>('POST', `${LABELS}/import`, body)).body.code).toBe(code)
})

const download = async (query: string): Promise<{ name: string; type: string; bytes: Uint8Array }> => {
  const response = await server.request('GET', `${LABELS}/export?${query}`)
  expect(response.status).toBe(200)
  return {
    name: decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(response.headers.get('content-disposition')!)![1]!),
    type: response.headers.get('content-type')!.split(';')[0]!,
    bytes: new Uint8Array(await response.arrayBuffer()),
  }
}

test.each([
  ['csv', 'labels.csv', 'text/csv'],
  ['corpus', 'labels.json', 'application/json'],
] as const)('what is exported as %s comes back as it was', async (format, fileName, mediaType) => {
  const before = (await server.json<Label[]>('GET', LABELS)).body
  const { name, type, bytes } = await download(`format=${format}`)
  expect([name, type]).toEqual([fileName, mediaType])
  const files = { [name]: strFromU8(bytes) }
  expect((await importFiles(files)).body).toMatchObject({ imported: 0, unchanged: before.length, failures: [] })
  for (const track of [1, 2, 4]) await server.json('PUT', `/api/tracks/${track}/labels`, { labels: [] })
  expect((await importFiles(files)).body).toMatchObject({ imported: before.length, refused: [], failures: [] })
  const plain = ({ track_id, label_value, start_beat, end_beat, source }: Label): unknown[] => [
    track_id,
    label_value,
    start_beat,
    end_beat,
    // The corpus format does not say where a label came from.
    format === 'csv' ? source : null,
  ]
  expect((await server.json<Label[]>('GET', LABELS)).body.map(plain)).toEqual(before.map(plain))
})

test.each(['jams', 'audacity'])(
  '%s holds one track a file: several are an archive, names that clash are told apart',
  async (format) => {
    const ending = { jams: '.jams', audacity: '.txt' }[format]!
    const one = await download(`format=${format}&track_id=2`)
    expect(one.name).toBe(`1${ending}`)
    const { name, type, bytes } = await download(`format=${format}`)
    expect([name, type]).toEqual([`labels-${format}.zip`, 'application/zip'])
    const files = unzipSync(bytes)
    expect(Object.keys(files).sort()).toEqual([`0 (1)${ending}`, `0 (4)${ending}`, `1${ending}`])
    expect(files[`1${ending}`]).toEqual(one.bytes)
    expect((await importFiles({ x: strFromU8(one.bytes) }, { track_id: 2 })).body).toMatchObject({ unchanged: 3 })
  },
)

test('nothing to export is told, and so is an unknown format', async () => {
  const code = async (query: string): Promise<string> =>
    (await server.json<{ code: string }>('GET', `${LABELS}/export?${query}`)).body.code
  expect(await code(`format=csv&track_id=${bare}`)).toBe('LABEL_NOT_FOUND')
  expect(await code('format=csv&track_id=4711')).toBe('TRACK_NOT_FOUND')
  for (const query of ['format=xml', '', 'format=csv&path=/etc']) expect(await code(query)).toBe('VALIDATION_FAILED')
})

test('the track of a file that fits none is chosen by hand, for each of the names in it', async () => {
  const csv = 'track_path,label,start_beat,end_beat\na.wav,intro,0,32\nb.wav,outro,64,96\n'
  const { unmatched } = (await importFiles({ 'two.csv': csv })).body.files[0]!
  expect(unmatched.map(({ name }) => name)).toEqual(['a.wav', 'b.wav'])
  const chosen = [{ file: 'two.csv', name: 'b.wav', track_id: bare }]
  expect((await importFiles({ 'two.csv': csv }, { chosen })).body.files).toMatchObject([
    { imported: 1, tracks: [bare], titles: ['Summer Nights'], unmatched: [{ name: 'a.wav' }] },
  ])
  expect((await importFiles({ 'two.csv': csv }, { chosen, only_chosen: true })).body.files).toMatchObject([
    { imported: 0, unchanged: 1, reasons: ['1 label is already there.'], unmatched: [] },
  ])
  expect(await labelsOf()).toEqual([['outro', 64, 96]])
  const wrong = [{ file: 'two.csv', name: 'a.wav', track_id: 4711 }]
  expect(
    await server.json('POST', `${LABELS}/import`, { files: [{ name: 'two.csv', text: csv }], chosen: wrong }),
  ).toMatchObject({
    status: 404,
    body: { code: 'TRACK_NOT_FOUND' },
  })
})

test('bytes are taken in the encoding that they are in, and REAPER counts bars from the first whole one', async () => {
  const text =
    '\ufeff#\tName\tStart\tEnd\tLength\r\nR1\tIntro\t1.1.00\t9.1.00\t8.0.00\r\nR2\tDrop\t9.1.00\t17.1.00\t8.0.00\r\n'
  const base64 = Buffer.from(text, 'utf16le').toString('base64')
  const files = [{ name: 'Summer Nights.csv', base64 }]
  const { body } = await server.json<Report>('POST', `${LABELS}/import`, { files })
  expect(body.files).toMatchObject([{ imported: 2, format: 'reaper', reasons: [] }])
  expect(await labelsOf()).toEqual([
    ['intro', 0, 32],
    ['drop', 32, 64],
  ])
})

test.each(['jams', 'audacity'])(
  'an archive that was exported as %s is taken back, also where two files have one name',
  async (format) => {
    const { bytes } = await download(`format=${format}`)
    const before = (await server.json<Label[]>('GET', LABELS)).body
    expect(before).toHaveLength(7)
    for (const track of new Set(before.map(({ track_id }) => track_id)))
      await server.json('PUT', `/api/tracks/${track}/labels`, { labels: [] })
    const files = [{ name: 'labels.zip', base64: Buffer.from(bytes).toString('base64') }]
    const { body } = await server.json<Report>('POST', `${LABELS}/import`, { files })
    expect(body).toMatchObject({ imported: 7, failures: [], refused: [] })
    const place = ({ track_id, label_value, start_beat, end_beat }: Label): unknown[] => [
      track_id,
      label_value,
      start_beat,
      end_beat,
    ]
    expect((await server.json<Label[]>('GET', LABELS)).body.map(place).toSorted()).toEqual(before.map(place).toSorted())
  },
)

test.each([
  ['0.0\t16.0\tapplause\n', /not named after a section: applause/],
  ['label,start_beat,end_beat\n', /no labels/],
  ['label,start_beat,end_beat\nintro,NaN,\n', /start is missing/],
  ['{"segments": [{"start": 0, "end": 16, "label": "drop", "confidence": "low"}]}', /doubtful/],
  ['0.0\t0.5\tdrop\n', /at least 4/],
  ['', /empty/],
])('where nothing is taken of %j the file says why', async (text, reason) => {
  const [file] = (await importFiles({ 'Summer Nights.txt': text })).body.files
  expect(file!.imported).toBe(0)
  expect(file!.reasons.join(' ')).toMatch(reason)
})
