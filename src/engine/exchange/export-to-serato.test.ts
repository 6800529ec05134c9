import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UNKNOWN_FOREIGN_TRACK } from '../../core/interop/libraries/foreign-library.ts'
import { readCrate } from '../../core/interop/libraries/serato/serato-crates.ts'
import { withSeratoFrames } from '../../core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { packList } from '../../core/support/packed-list.ts'
import { identifyFile } from '../../platform/decoding/identity.ts'
import { readSeratoFrames } from '../../platform/decoding/tags.ts'
import { lookThrough } from '../../platform/workers/look-through.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { restoreSeratoTags } from './restore-serato-tags.ts'
import { namesIn, type SeratoGround, SOUND, seratoGround } from './serato-export.fixture.ts'

let ground: SeratoGround
let { folder, store, put, addTracks, run } = {} as SeratoGround
beforeEach(() => {
  ground = seratoGround()
  ;({ folder, store, put, addTracks, run } = ground)
})
afterEach(() => ground.remove())

test('copies get the sections as cues and loops, with grids, crates and a manifest; a kind without such tags is told', async () => {
  await addTracks()
  const planned = await run({ dryRun: true })
  expect(existsSync(join(folder, 'out'))).toBe(false)
  const report = await run()
  expect({ ...planned, dryRun: false }).toEqual(report)
  expect(report).toMatchObject({ format: 'serato', tracks: 2, cues: 4, loops: 4, playlists: 1, leftOut: 0 })
  expect(report.skipped).toMatchObject([{ title: 'Three', reason: 'tags not writable' }])
  for (const name of ['one.mp3', 'two.flac']) {
    const [source, copy] = [join(folder, 'music', name), join(folder, 'out', name)]
    const frames = (await readSeratoFrames(copy))!
    const { cues, grid } = withSeratoFrames(UNKNOWN_FOREIGN_TRACK, frames, createWarningTally())
    expect(cues.map(({ type, name: given, startSeconds }) => [type, given, startSeconds])).toEqual([
      ['cue', 'Intro', 0],
      ['loop', 'Intro', 0],
      ['cue', 'Drop', 16],
      ['loop', 'Drop', 16],
    ])
    expect(grid!.anchors).toEqual([{ seconds: 0, bpm: 120, beatOfBar: 0 }])
    expect(await readSeratoFrames(source)).toBeNull()
    expect((await identifyFile(copy)).audioDigest).toBe((await identifyFile(source)).audioDigest)
  }
  const crate = report.files.find((path) => path.endsWith('.crate'))!
  expect(readCrate(readFileSync(crate), crate, createWarningTally())).toEqual({
    name: 'All tracks',
    folders: ['Algiers'],
    trackKeys: ['one.mp3', 'two.flac'].map((name) => join(folder, 'out', name).slice(1)),
  })
  const { files } = JSON.parse(readFileSync(report.manifest, 'utf8'))
  expect(files[0]).toMatchObject({
    name: 'one.mp3',
    sha256: (await identifyFile(join(folder, 'out/one.mp3'))).fileDigest,
  })
})

test('nothing is written over', async () => {
  await addTracks()
  await run()
  const before = readFileSync(join(folder, 'out', 'one.mp3'))
  await expect(run()).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
  expect(readFileSync(join(folder, 'out', 'one.mp3'))).toEqual(before)
})

test('asked for, the files themselves get the cues; what they had before is kept, and comes back', async () => {
  await addTracks()
  const [one, out] = [join(folder, 'music', 'one.mp3'), join(folder, 'out')]
  const sound = await identifyFile(one)
  const report = await run({ inPlace: true })
  expect(report).toMatchObject({ tracks: 2, cues: 4, loops: 4, changes: { cuesBefore: 0, cuesAfter: 8 } })
  expect(report.files.slice(0, 2)).toEqual([one, join(folder, 'music', 'two.flac')])
  expect(report.backups).toEqual([join(out, 'one.mp3.serato-frames.json'), join(out, 'two.flac.serato-frames.json')])
  expect(await namesIn(one)).toEqual(['Intro', 'Intro', 'Drop', 'Drop'])
  expect((await identifyFile(one)).audioDigest).toBe(sound.audioDigest)
  await expect(run({ inPlace: true })).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
  const wouldBe = {
    restored: report.files.slice(0, 2),
    tracks: [
      { trackId: 1, title: 'One' },
      { trackId: 2, title: 'Two' },
    ],
    skipped: [],
  }
  expect(await restoreSeratoTags(store, { folder: out, dryRun: true })).toEqual({ dryRun: true, ...wouldBe })
  expect(await namesIn(one)).toEqual(['Intro', 'Intro', 'Drop', 'Drop'])
  expect(await restoreSeratoTags(store, { folder: out, dryRun: false })).toEqual({ dryRun: false, ...wouldBe })
  const again = await restoreSeratoTags(store, { folder: out, dryRun: true })
  expect([again.restored, again.skipped.map(({ reason }) => reason)]).toEqual([
    [],
    ['It has been put back already.', 'It has been put back already.'],
  ])
  expect(await namesIn(one)).toEqual([])
  expect((await identifyFile(one)).audioDigest).toBe(sound.audioDigest)
})

test('a file whose sound an earlier version told otherwise is the one that was scanned, and is known once it has tags', async () => {
  const path = put('cover.ogg', 'ogg')
  const file = join(folder, 'music', 'cover.ogg')
  const { audioDigest, fileDigest } = await identifyFile(file)
  // The digest of the file stands for one of its sound that nothing gives any more.
  addFixtureTrack(store, { index: 1, kinds: ['drop'], path, audioDigest: fileDigest })
  expect(await run({ inPlace: true, dryRun: true })).toMatchObject({ tracks: 1, skipped: [] })
  expect(store.tracks.get(1)!.audioDigest).toBe(fileDigest)
  expect(await run({ inPlace: true })).toMatchObject({ tracks: 1, skipped: [] })
  expect(store.tracks.findByDigest(audioDigest)?.id).toBe(1)
  expect(await restoreSeratoTags(store, { folder: join(folder, 'out'), dryRun: false })).toMatchObject({
    restored: [file],
  })
})

test('a link to a file stays one, and a file with another sound by now is left alone', async () => {
  await addTracks()
  const [one, two] = [join(folder, 'music', 'one.mp3'), join(folder, 'music', 'two.flac')]
  renameSync(one, join(folder, 'elsewhere.mp3'))
  symlinkSync(join(folder, 'elsewhere.mp3'), one)
  writeFileSync(two, readFileSync(new URL('two-clicks.mp3', SOUND)))
  const report = await run({ inPlace: true })
  expect(report.skipped).toMatchObject([
    { title: 'Two', reason: 'file changed' },
    { title: 'Three', reason: 'tags not writable' },
  ])
  expect(lstatSync(one).isSymbolicLink()).toBe(true)
  expect(await namesIn(join(folder, 'elsewhere.mp3'))).toEqual(['Intro', 'Intro', 'Drop', 'Drop'])
  expect(await namesIn(two)).toEqual([])
})

test('a file with several names, and one that is read-only, are left alone, which a dry run says, too', async () => {
  await addTracks()
  const [one, two] = [join(folder, 'music', 'one.mp3'), join(folder, 'music', 'two.flac')]
  linkSync(one, join(folder, 'another name.mp3'))
  chmodSync(two, 0o444)
  for (const dryRun of [true, false]) {
    const report = await run({ inPlace: true, dryRun })
    expect(report.skipped.slice(0, 2)).toMatchObject([
      { title: 'One', reason: 'tags not writable', detail: expect.stringContaining('hard links') },
      { title: 'Two', reason: 'tags not writable', detail: 'The file is read-only.' },
    ])
    expect([report.tracks, report.backups]).toEqual([0, []])
  }
  expect([await namesIn(one), await namesIn(two)]).toEqual([[], []])
  expect(statSync(one).nlink).toBe(2)
})

test('a folder without old tags has nothing to put back', async () => {
  await expect(restoreSeratoTags(store, { folder, dryRun: false })).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' })
  await expect(restoreSeratoTags(store, { folder: join(folder, 'none'), dryRun: true })).rejects.toMatchObject({
    code: 'ROOT_NOT_FOUND',
  })
})

test('copies are known again by what sounds in them, one by one and as the library that their crate makes of them', async () => {
  await addTracks()
  const [copy] = (await run()).files
  const own = store.tracks.list().map(({ id, audioDigest }) => ({
    id,
    audioDigest,
    paths: [],
    sizes: [],
    title: null,
    artist: null,
    durationSeconds: null,
    shownTitle: '',
  }))
  const signal = new AbortController().signal
  const look = (path: string) =>
    lookThrough(
      { path, format: null, own: packList(own), moves: [], answers: [], profiles: {} },
      { signal, report: () => {} },
    )
  const foundIn = async (path: string) =>
    (await look(path)).map(({ title, counts, matched, matchedBy }) => [title, counts.tracks, matched.length, matchedBy])
  expect(await foundIn(copy!)).toEqual([['Serato tags', 1, 1, [{ by: 'audio', tracks: 1 }]]])
  expect(await foundIn(join(folder, 'out'))).toEqual([['Serato library', 2, 2, [{ by: 'audio', tracks: 2 }]]])
  await expect(look(join(folder, 'music', 'one.mp3'))).rejects.toMatchObject({ code: 'FOREIGN_LIBRARY_NOT_FOUND' })
})

test('lists that are one to a folder get crates of their own, and one that is there is told before anything is written', async () => {
  await addTracks()
  store.playlists.add([
    { name: 'House', folders: [], trackIds: [1] },
    { name: 'HOUSE', folders: [], trackIds: [2] },
    { name: 'N'.repeat(300), folders: [], trackIds: [1] },
  ])
  const report = await run()
  const crates = report.files.filter((path) => path.endsWith('.crate'))
  expect(crates.map((path) => readCrate(readFileSync(path), path, createWarningTally())).slice(1, 3)).toEqual([
    { name: 'House', folders: ['Algiers'], trackKeys: [join(folder, 'out', 'one.mp3').slice(1)] },
    { name: 'HOUSE 2', folders: ['Algiers'], trackKeys: [join(folder, 'out', 'two.flac').slice(1)] },
  ])
  mkdirSync(join(folder, 'again/_Serato_/Subcrates'), { recursive: true })
  writeFileSync(join(folder, 'again/_Serato_/Subcrates', basename(crates[1]!)), 'mine')
  await expect(run({ output: join(folder, 'again') })).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
  expect(readdirSync(join(folder, 'again'))).toEqual(['_Serato_'])
})

test('a file whose name is as long as can be gets its tags, in a copy and in itself', async () => {
  const name = `${'n'.repeat(250)}.ogg`
  const path = put(name, 'ogg')
  const { audioDigest } = await identifyFile(join(folder, 'music', name))
  addFixtureTrack(store, { index: 1, kinds: ['drop'], tags: { title: 'Long' }, path, audioDigest })
  const copied = await run()
  expect(copied).toMatchObject({ tracks: 1, skipped: [] })
  expect(copied.traps.join(' ')).toContain('one Ogg file')
  expect(await namesIn(copied.files[0]!)).toEqual(['Drop', 'Drop'])
  const own = await run({ output: join(folder, 'before'), inPlace: true })
  expect([own.tracks, own.skipped, own.backups.length]).toEqual([1, [], 1])
  expect(await namesIn(join(folder, 'music', name))).toEqual(['Drop', 'Drop'])
  expect((await restoreSeratoTags(store, { folder: join(folder, 'before'), dryRun: false })).restored.length).toBe(1)
  expect(await namesIn(join(folder, 'music', name))).toEqual([])
})
