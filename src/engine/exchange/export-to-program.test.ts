import { existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseLibrary } from '../../core/interop/libraries/parse-library.ts'
import { DEFAULT_CUE_PLAN } from '../../core/interop/libraries/plan-cues.ts'
import { rekordboxXml } from '../../core/interop/libraries/rekordbox/rekordbox-xml.ts'
import { traktorNml } from '../../core/interop/libraries/traktor/traktor-nml.ts'
import { NO_NOTES } from '../../core/library/track-notes.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { diskEffects } from '../../platform/store/disk-effects.ts'
import type { Store } from '../../platform/store/store.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { exportToProgram } from './export-to-program.ts'
import { CUES_AND_GRIDS, exportGround } from './program-export.fixture.ts'
import type { ProgramExportOptions } from './program-export.ts'

let folder: string
let store: Store
let workspace: Workspace
let remove: () => void
beforeEach(() => {
  ;({ folder, store, workspace, remove } = exportGround())
})
afterEach(() => remove())

const options = (change: Partial<ProgramExportOptions> = {}): ProgramExportOptions => ({
  format: 'rekordbox-xml',
  output: join(folder, 'out.xml'),
  ...CUES_AND_GRIDS,
  ...change,
})

const readBack = (path: string) => parseLibrary(rekordboxXml, { name: path, bytes: readFileSync(path) })

const addTwo = (): readonly [number, number] => {
  const labelled = addFixtureTrack(store, {
    index: 1,
    kinds: ['intro', 'drop', 'outro'],
    tags: { title: 'Summer', artist: 'The Band' },
    facts: { key: 'A minor', camelot: '8A' },
  })
  return [labelled, addFixtureTrack(store, { index: 2, tags: { title: 'Winter' } })]
}

test('a file whose name Traktor NML cannot hold is told and not written under another name; rekordbox XML holds it', async () => {
  for (const [index, name] of ['a\u0001b.wav', 'tab\tand line\n.wav'].entries())
    addFixtureTrack(store, { index, path: name, kinds: ['drop'], tags: { title: `T${index}` } })
  const nml = await exportToProgram(workspace, options({ format: 'traktor-nml', output: join(folder, 'out.nml') }))
  expect(nml.skipped.map(({ title, reason }) => [title, reason])).toEqual([['T0', 'name not writable']])
  const read = parseLibrary(traktorNml, { name: 'out.nml', bytes: readFileSync(nml.files[0]!) })
  expect(read.tracks.map(({ location }) => location.path)).toEqual(['/gone/tab\tand line\n.wav'])
  const xml = await exportToProgram(workspace, options())
  expect([xml.tracks, readBack(xml.files[0]!).tracks[0]!.location.path]).toEqual([2, '/gone/a\u0001b.wav'])
})

test('labels become cues with grid and key; a track without sections is told', async () => {
  const [labelled, other] = addTwo()
  const report = await exportToProgram(workspace, options())
  expect(report).toMatchObject({ format: 'rekordbox-xml', tracks: 1, cues: 3, loops: 0, leftOut: 0, changes: null })
  expect(report.skipped).toEqual([{ trackId: other, title: 'Winter', reason: 'no sections', detail: null }])
  expect(report.files).toEqual([join(folder, 'out.xml')])
  const { tracks, warnings } = readBack(report.files[0]!)
  expect(warnings).toEqual([])
  expect(tracks).toMatchObject([
    { key: String(labelled), title: 'Summer', artist: 'The Band', keyName: 'Am', location: { path: '/gone/1.wav' } },
  ])
  expect(tracks[0]!.cues.map(({ name, pad, startSeconds }) => [name, pad, startSeconds])).toEqual([
    ['Intro', 0, 0],
    ['Drop', 1, 16],
    ['Outro', 2, 32],
  ])
  expect(tracks[0]!.grid!.anchors).toEqual([{ seconds: 0, bpm: 120, beatOfBar: 0 }])
})

test('the manifest has the digest of what was written', async () => {
  addTwo()
  const { manifest, files } = await exportToProgram(workspace, options())
  const bytes = readFileSync(files[0]!)
  expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({
    schema: 'algiers.export/1',
    format: 'rekordbox-xml',
    files: [{ name: 'out.xml', bytes: bytes.length, sha256: digestOf(bytes) }],
  })
})

test('a dry run writes nothing and says the same', async () => {
  addTwo()
  const dry = await exportToProgram(workspace, options({ dryRun: true, output: join(folder, 'new', 'out.xml') }))
  expect(readdirSync(folder)).toEqual(['data'])
  const wet = await exportToProgram(workspace, options({ output: join(folder, 'new', 'out.xml') }))
  expect({ ...dry, dryRun: false }).toEqual(wet)
})

test('no file is written over, and a failed write leaves nothing behind', async () => {
  addTwo()
  writeFileSync(join(folder, 'out.xml'), 'mine')
  await expect(exportToProgram(workspace, options())).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
  expect(readFileSync(join(folder, 'out.xml'), 'utf8')).toBe('mine')
  const full = {
    ...diskEffects,
    rename: (from: string, to: string) => {
      if (to.endsWith('.json')) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      diskEffects.rename(from, to)
    },
  }
  const output = join(folder, 'second.xml')
  await expect(exportToProgram(workspace, options({ output }), {}, full)).rejects.toMatchObject({
    code: 'STORAGE_FULL',
  })
  expect(readdirSync(folder).toSorted()).toEqual(['data', 'out.xml'])
})

test.runIf(process.platform !== 'win32')('a link that leads nowhere keeps its name, too', async () => {
  addTwo()
  const output = join(folder, 'link.xml')
  symlinkSync(join(folder, 'gone.xml'), output)
  await expect(exportToProgram(workspace, options({ output }))).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
  expect(lstatSync(output).isSymbolicLink()).toBe(true)
})

test.each([
  ['EROFS', 'STORAGE_READ_ONLY'],
  ['EACCES', 'ACCESS_DENIED'],
  ['EDQUOT', 'STORAGE_FULL'],
])('a folder that refuses with %s is told as %s, with the path', async (refusal, code) => {
  addTwo()
  const refusing = {
    ...diskEffects,
    writeDurably: () => {
      throw Object.assign(new Error('refused'), { code: refusal })
    },
  }
  const output = join(folder, 'out.xml')
  await expect(exportToProgram(workspace, options({ output }), {}, refusing)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(output),
  })
})

test('a place that can hold no file is told with its path, for every kind of export', async () => {
  const file = join(folder, 'a file')
  writeFileSync(file, '')
  const refused = (output: string, path: string, format: 'rekordbox-xml' | 'serato' = 'rekordbox-xml') =>
    expect(exportToProgram(workspace, options({ output, format }))).rejects.toMatchObject({
      code: 'EXPORT_NOT_WRITTEN',
      message: expect.stringContaining(path),
    })
  await refused(join(file, 'cues.xml'), file)
  await refused(file, file, 'serato')
  const long = `${'x'.repeat(300)}.xml`
  await refused(join(folder, long), long)
})

test.runIf(existsSync('/proc/self'))('a folder that can hold none is not tried for ever', async () => {
  await expect(exportToProgram(workspace, options({ output: '/proc/algiers-export/cues.xml' }))).rejects.toMatchObject({
    code: 'EXPORT_NOT_WRITTEN',
  })
})

test('into a copy of a file: what is there stays, the file itself too, and the changes are counted', async () => {
  addTwo()
  const into = join(folder, 'rekordbox.xml')
  await exportToProgram(workspace, options({ output: into, plan: { ...DEFAULT_CUE_PLAN, kinds: ['drop'] } }))
  const before = readFileSync(into, 'utf8')
  const output = join(folder, 'extended.xml')
  const report = await exportToProgram(workspace, options({ into, output }))
  expect(report).toMatchObject({ cues: 2, changes: { cuesBefore: 1, cuesAfter: 3, addedTracks: 0 } })
  expect(report.changes!.changes).toMatchObject([{ title: 'Summer', removed: 0, leftOut: 1 }])
  expect(readFileSync(into, 'utf8')).toBe(before)
  expect(readBack(output).tracks[0]!.cues.map(({ name, pad }) => [pad, name])).toEqual([
    [1, 'Intro'],
    [0, 'Drop'],
    [2, 'Outro'],
  ])
})

test('into a file that is not there, or a folder, is told as what it is; playlists are not claimed', async () => {
  addTwo()
  const into = (path: string) => exportToProgram(workspace, options({ into: join(folder, path) }))
  await expect(into('nothing.xml')).rejects.toMatchObject({ code: 'FOREIGN_LIBRARY_NOT_FOUND' })
  await expect(into('data')).rejects.toMatchObject({
    code: 'IMPORT_MALFORMED',
    message: expect.stringMatching(/is a folder\.$/),
  })
  const [file] = (await exportToProgram(workspace, options({ output: join(folder, 'mine.xml') }))).files
  const { playlists, traps } = await exportToProgram(workspace, options({ into: file!, playlists: true }))
  expect([playlists, traps[0]]).toEqual([0, expect.stringContaining('Playlists do not go into a copy')])
})

test('where no track is written there is no playlist of none', async () => {
  addFixtureTrack(store, { index: 1, tags: { title: 'Winter' } })
  const report = await exportToProgram(workspace, options({ playlists: true }))
  expect(report).toMatchObject({ tracks: 0, playlists: 0, skipped: [{ reason: 'no sections' }] })
  expect(readBack(report.files[0]!).playlists).toEqual([])
})

test('playlists: all tracks, one for each tag, and those of the library; M3U8 in a folder, from where it lies', async () => {
  const [labelled, other] = addTwo()
  store.notes.change([other], () => [{ trackId: other, notes: { ...NO_NOTES, myTags: ['peak'] } }])
  store.playlists.add([{ name: 'Friday', folders: ['Nights'], trackIds: [other, labelled, other] }])
  const xml = await exportToProgram(workspace, options({ playlists: true, plan: null }))
  expect(readBack(xml.files[0]!).playlists).toEqual([
    { name: 'Friday', folders: ['Algiers', 'Nights'], trackKeys: [other, labelled, other].map(String) },
    { name: 'All tracks', folders: ['Algiers'], trackKeys: [String(labelled), String(other)] },
    { name: 'peak', folders: ['Algiers'], trackKeys: [String(other)] },
  ])
  const lists = await exportToProgram(
    workspace,
    options({ format: 'm3u8', output: join(folder, 'lists'), playlists: true, relative: true }),
  )
  expect(lists).toMatchObject({ tracks: 2, cues: 0 })
  expect(lists.files.map((path) => path.slice(folder.length + 1))).toEqual([
    join('lists', 'Algiers.m3u8'),
    join('lists', 'Algiers - All tracks.m3u8'),
    join('lists', 'Algiers - peak.m3u8'),
    join('lists', 'Algiers - Nights - Friday.m3u8'),
  ])
  expect(readFileSync(lists.files[2]!, 'utf8')).toMatch(
    /^#EXTM3U\n#PLAYLIST:peak\n#EXTINF:48,Winter\n\.\.\/.*gone\/2\.wav\n$/,
  )
  expect(existsSync(lists.manifest)).toBe(true)
})

test('only some tracks; one that is not in the library is told', async () => {
  const [labelled] = addTwo()
  const report = await exportToProgram(workspace, options({ trackIds: [labelled] }))
  expect(report).toMatchObject({ tracks: 1, skipped: [] })
  await expect(
    exportToProgram(workspace, options({ output: join(folder, 'b.xml'), trackIds: [99] })),
  ).rejects.toMatchObject({ code: 'TRACK_NOT_FOUND' })
})

test.skipIf(process.platform === 'win32')(
  'what is written is for the other program too: its mode is that of any new file',
  async () => {
    addTwo()
    const { files, manifest } = await exportToProgram(workspace, options())
    const modes = [...files, manifest].map((path) => statSync(path).mode & 0o777)
    expect(new Set(modes)).toEqual(new Set([0o666 & ~process.umask()]))
  },
)

const MANY = 200
test.each([
  ['rekordbox-xml', 'many.xml'],
  ['traktor-nml', 'many.nml'],
  ['m3u8', 'many'],
  ['json', 'many.json'],
] as const)(
  'an export of many tracks as %s lets others have their turns, a few dozen tracks at a time',
  async (format, name) => {
    for (let index = 0; index < MANY; index++) addFixtureTrack(store, { index, kinds: ['intro', 'drop'] })
    let turns = 0
    let isWriting = true
    const count = (): void => {
      turns++
      if (isWriting) setImmediate(count)
    }
    setImmediate(count)
    const report = await exportToProgram(workspace, options({ format, output: join(folder, name) }))
    isWriting = false
    expect(report.tracks).toBe(MANY)
    // Each is looked up and packed, or written by itself.
    expect(turns).toBeGreaterThanOrEqual((2 * MANY) / 25)
  },
)
