import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseLabelDocument } from '../../core/interop/label-document.ts'
import { DEFAULT_CUE_PLAN } from '../../core/interop/libraries/plan-cues.ts'
import { SECTION_FILE_NAMES, type SectionFileName } from '../../core/interop/libraries/section-file-traits.ts'
import { EMPTY_TAGS } from '../../core/library/track-tags.ts'
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
let ids: readonly number[]
beforeEach(() => {
  ;({ folder, store, workspace, remove } = exportGround())
  ids = [
    addFixtureTrack(store, {
      index: 1,
      kinds: ['intro', 'drop', 'outro'],
      path: 'a/same.wav',
      tags: { title: 'Summer' },
    }),
    addFixtureTrack(store, { index: 2, kinds: ['verse', 'drop'], path: 'b/same.wav', tags: { title: 'Autumn' } }),
    addFixtureTrack(store, { index: 3, tags: { title: 'Winter' } }),
  ]
})
afterEach(() => remove())

const options = (format: SectionFileName, change: Partial<ProgramExportOptions> = {}): ProgramExportOptions => ({
  format,
  output: join(folder, 'out'),
  ...CUES_AND_GRIDS,
  grid: false,
  key: false,
  ...change,
})
const written = (format: SectionFileName, change: Partial<ProgramExportOptions> = {}) =>
  exportToProgram(workspace, options(format, change))

const spansOf = (files: readonly string[]) =>
  files
    .flatMap((path) => parseLabelDocument(readFileSync(path, 'utf8')).tracks)
    .map(({ labels }) => labels.map(({ kind, startSeconds, endSeconds }) => [kind, startSeconds, endSeconds]))

const SUMMER = [
  ['intro', 0, 16],
  ['drop', 16, 32],
  ['outro', 32, 48],
]
const AUTUMN = [
  ['verse', 0, 16],
  ['drop', 16, 32],
]

test.each(SECTION_FILE_NAMES)(
  '%s comes back as it was, counted, with digests, and a dry run says the same',
  async (format) => {
    const dry = await written(format, { dryRun: true })
    expect(readdirSync(folder)).toEqual(['data'])
    const report = await written(format)
    expect({ ...dry, dryRun: false }).toEqual(report)
    expect(report).toMatchObject({ format, tracks: 2, cues: 5, loops: 0, leftOut: 0, playlists: 0 })
    expect(report.skipped).toEqual([{ trackId: ids[2], title: 'Winter', reason: 'no sections', detail: null }])
    expect(spansOf(report.files)).toEqual([SUMMER, AUTUMN])
    expect(JSON.parse(readFileSync(report.manifest, 'utf8'))).toMatchObject({
      schema: 'algiers.export/1',
      format,
      files: report.files.map((path) => ({ name: basename(path), sha256: digestOf(readFileSync(path)) })),
    })
    expect(readdirSync(join(folder, 'out')).toSorted()).toEqual(
      [...report.files, report.manifest].map((path) => basename(path)).toSorted(),
    )
  },
)

test('files are named as the formats are, and two tracks of one name keep apart, beside one that is called so', async () => {
  addFixtureTrack(store, { index: 4, kinds: ['break'], path: `same (${ids[0]}).wav` })
  const names = async (format: SectionFileName) => (await written(format)).files.map((path) => basename(path))
  expect([await names('json'), await names('csv')]).toEqual([['Algiers.json'], ['Algiers.csv']])
  expect(await names('jams')).toEqual([
    `same (${ids[0]}) (${ids[0]}).jams`,
    `same (${ids[1]}).jams`,
    `same (${ids[0]}).jams`,
  ])
})

test('only the kinds and tracks that are asked for; a track without any of them is told', async () => {
  const plan = { ...DEFAULT_CUE_PLAN, kinds: ['verse' as const] }
  const verses = await written('csv', { plan, output: join(folder, 'verses.csv') })
  expect(spansOf(verses.files)).toEqual([AUTUMN.slice(0, 1)])
  expect(verses.skipped.map(({ title, reason }) => [title, reason])).toEqual([
    ['Winter', 'no sections'],
    ['Summer', 'no sections'],
  ])
  const one = await written('audacity', { trackIds: [ids[1]!], output: join(folder, 'autumn.txt') })
  expect(one.files).toEqual([join(folder, 'autumn.txt')])
  expect(spansOf(one.files)).toEqual([AUTUMN])
})

test('a playlist goes out in its order, and each track with nothing to write is told with the reason', async () => {
  const { trackId } = store.tracks.recordFile(store.roots.list()[0]!.id, {
    path: 'new.mp3',
    sizeBytes: 1,
    modifiedMs: 1,
    audioDigest: 'new',
    fileDigest: 'new',
    tags: { ...EMPTY_TAGS, title: 'New' },
  })
  const trackIds = [trackId, ids[2]!, ids[1]!, ids[0]!]
  const [id] = store.playlists.add([{ name: 'Friday', folders: [], trackIds }])
  const { files, skipped } = await written('json', { playlist: id!, plan: null })
  expect(files).toEqual([join(folder, 'out', 'Friday.json')])
  expect(spansOf(files)).toEqual([AUTUMN, SUMMER])
  expect(skipped.map(({ title, reason }) => [title, reason])).toEqual([
    ['New', 'not analysed'],
    ['Winter', 'no sections'],
  ])
})

test.each(SECTION_FILE_NAMES)('%s: what is there stays, and a failed write leaves nothing behind', async (format) => {
  const [path] = (await written(format, { dryRun: true })).files
  const full = {
    ...diskEffects,
    rename: (from: string, to: string) => {
      if (to.endsWith('manifest.json')) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      diskEffects.rename(from, to)
    },
  }
  await expect(exportToProgram(workspace, options(format), {}, full)).rejects.toMatchObject({ code: 'STORAGE_FULL' })
  expect(readdirSync(join(folder, 'out'))).toEqual([])
  writeFileSync(path!, 'mine')
  for (const dryRun of [true, false])
    await expect(written(format, { dryRun })).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
  expect(readFileSync(path!, 'utf8')).toBe('mine')
  expect(readdirSync(join(folder, 'out'))).toEqual([basename(path!)])
})

test('several tracks do not go into one file that holds one; nothing goes into a file or into the music', async () => {
  const refused = async (change: Partial<ProgramExportOptions>, said: string) =>
    expect(written('jams', change)).rejects.toMatchObject({
      code: 'FORMAT_UNKNOWN',
      message: expect.stringContaining(said),
    })
  await refused({ output: join(folder, 'all.jams') }, 'choose a folder')
  await refused({ into: join(folder, 'mine.jams') }, 'cannot be added')
  await refused({ inPlace: true }, 'Only Serato')
  await expect(written('csv', { trackIds: [99] })).rejects.toMatchObject({ code: 'TRACK_NOT_FOUND' })
})
