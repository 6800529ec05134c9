import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestOf } from '../../platform/store/digest.ts'
import { type DiskEffects, diskEffects } from '../../platform/store/disk-effects.ts'
import type { ProgramExportOptions } from './program-export.ts'
import { restoreSeratoTags } from './restore-serato-tags.ts'
import { namesIn, type SeratoGround, seratoGround } from './serato-export.fixture.ts'

let ground: SeratoGround
let { folder, store, addTracks, run } = {} as SeratoGround
beforeEach(() => {
  ground = seratoGround()
  ;({ folder, store, addTracks, run } = ground)
})
afterEach(() => ground.remove())

type EndedBy = { readonly after?: number; readonly meanwhile?: () => void; readonly effects?: DiskEffects }

/** Ends the export once its first file, or as many as told, have their tags. */
const runToTheFirst = (change: Partial<ProgramExportOptions> = {}, { after = 1, meanwhile, effects }: EndedBy = {}) => {
  const ended = new AbortController()
  const onProgress = ({ done }: { readonly done: number }): void => {
    if (done !== after) return
    meanwhile?.()
    ended.abort(new Error('ended by hand'))
  }
  return run(change, { signal: ended.signal, onProgress }, effects)
}

const failure = (code: string): Error => Object.assign(new Error(code), { code })
const listedIn = (out: string): readonly { readonly name: string; readonly sha256: string }[] =>
  JSON.parse(readFileSync(join(out, 'Algiers.manifest.json'), 'utf8')).files

test('copies of an export that ends early go again, so that the same folder can be used once more', async () => {
  await addTracks()
  await expect(runToTheFirst()).rejects.toThrow('ended by hand')
  expect(readdirSync(join(folder, 'out'))).toEqual([])
  expect(await run()).toMatchObject({ tracks: 2, cues: 4 })
})

test('files that have their tags when an export ends early are listed with the tags of before, which come back', async () => {
  await addTracks()
  const [one, two, out] = [join(folder, 'music', 'one.mp3'), join(folder, 'music', 'two.flac'), join(folder, 'out')]
  await expect(runToTheFirst({ inPlace: true })).rejects.toThrow('ended by hand')
  expect([await namesIn(one), await namesIn(two)]).toEqual([['Intro', 'Intro', 'Drop', 'Drop'], []])
  expect(readdirSync(out).toSorted()).toEqual(['Algiers.manifest.json', 'one.mp3.serato-frames.json'])
  const { files } = JSON.parse(readFileSync(join(out, 'Algiers.manifest.json'), 'utf8'))
  expect(files.map(({ name }: { readonly name: string }) => name)).toEqual(['one.mp3', 'one.mp3.serato-frames.json'])
  expect((await restoreSeratoTags(store, { folder: out, dryRun: false })).restored).toEqual([one])
  expect(await namesIn(one)).toEqual([])
})

test('what ends an export into the files themselves is told with what had been done by then', async () => {
  await addTracks()
  const out = join(folder, 'out')
  const onProgress = ({ done }: { readonly done: number }): void => {
    if (done === 1) writeFileSync(join(out, 'two.flac.serato-frames.json'), 'mine')
  }
  await expect(run({ inPlace: true }, { onProgress })).rejects.toMatchObject({
    code: 'EXPORT_EXISTS',
    message: expect.stringContaining(`1 file had the new tags by then; the tags of before are in ${out}.`),
  })
  expect(await namesIn(join(folder, 'music', 'two.flac'))).toEqual([])
  expect(readFileSync(join(out, 'two.flac.serato-frames.json'), 'utf8')).toBe('mine')
  const { files } = JSON.parse(readFileSync(join(out, 'Algiers.manifest.json'), 'utf8'))
  expect(files).toHaveLength(2)
})

test.each([0, 10])(
  'of crates, only those that are whole are there and listed where the disk is full after %s bytes',
  async (bytes) => {
    await addTracks()
    store.playlists.add([{ name: 'House', folders: [], trackIds: [1] }])
    const out = join(folder, 'out')
    const crates = (await run({ dryRun: true })).files.filter((path) => path.endsWith('.crate'))
    expect(crates).toHaveLength(2)
    const full: DiskEffects = {
      ...diskEffects,
      writeDurably: (path, content, mode) => {
        if (!path.includes(basename(crates[1]!))) return diskEffects.writeDurably(path, content, mode)
        diskEffects.writeDurably(path, content.subarray(0, bytes), mode)
        throw failure('ENOSPC')
      },
    }
    await expect(run({ inPlace: true }, {}, full)).rejects.toMatchObject({
      code: 'STORAGE_FULL',
      message: expect.stringContaining('2 files had the new tags by then'),
    })
    expect(readdirSync(dirname(crates[0]!))).toEqual([basename(crates[0]!)])
    const backups = ['one.mp3.serato-frames.json', 'two.flac.serato-frames.json']
    expect(listedIn(out).map(({ name }) => name)).toEqual(['one.mp3', 'two.flac', basename(crates[0]!), ...backups])
  },
)

test('what cannot be removed hides neither why an export ended nor keeps the rest from going', async () => {
  await addTracks()
  const out = join(folder, 'out')
  const held = (name: string, code: string): DiskEffects => ({
    ...diskEffects,
    remove: (path) => {
      if (basename(path) === name) throw failure(code)
      diskEffects.remove(path)
    },
  })
  const ending = runToTheFirst({}, { after: 2, effects: held('one.mp3', 'EBUSY') })
  await expect(ending).rejects.toThrow('ended by hand')
  expect(readdirSync(out)).toEqual(['one.mp3'])

  // Where the drive takes no list either.
  const readOnly: DiskEffects = {
    ...held('.Algiers.manifest.json.partial', 'EROFS'),
    rename: () => {
      throw failure('EROFS')
    },
  }
  const other = join(folder, 'other')
  await expect(run({ inPlace: true, output: other }, {}, readOnly)).rejects.toMatchObject({
    code: 'STORAGE_READ_ONLY',
    message: expect.stringContaining('2 files had the new tags by then'),
  })
})

test('a crate that somebody else makes meanwhile is neither removed nor written over', async () => {
  await addTracks()
  const crate = (await run({ dryRun: true })).files.find((path) => path.endsWith('.crate'))!
  const meanwhile = (): void => {
    mkdirSync(dirname(crate), { recursive: true })
    writeFileSync(crate, 'mine')
  }
  await expect(runToTheFirst({}, { meanwhile })).rejects.toThrow('ended by hand')
  expect(readFileSync(crate, 'utf8')).toBe('mine')

  diskEffects.remove(crate)
  const onProgress = ({ done }: { readonly done: number }): void => {
    if (done === 1) meanwhile()
  }
  await expect(run({}, { onProgress })).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
  expect(readFileSync(crate, 'utf8')).toBe('mine')
  expect(readdirSync(join(folder, 'out'))).toEqual(['_Serato_'])
})

test('files that have their tags are listed as they were then, and not read again', async () => {
  await addTracks()
  const one = join(folder, 'music', 'one.mp3')
  let sha256 = ''
  const meanwhile = (): void => {
    sha256 = digestOf(readFileSync(one))
    // As good as one that cannot be read.
    writeFileSync(one, '')
  }
  await expect(runToTheFirst({ inPlace: true }, { meanwhile })).rejects.toThrow('ended by hand')
  expect(listedIn(join(folder, 'out'))[0]).toMatchObject({ name: 'one.mp3', sha256 })
})
