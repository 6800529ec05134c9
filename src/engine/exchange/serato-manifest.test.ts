import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
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

/** Ends the export once its first file has its tags. */
const runToTheFirst = (change: Partial<ProgramExportOptions> = {}) => {
  const ended = new AbortController()
  const onProgress = ({ done }: { readonly done: number }): void => {
    if (done === 1) ended.abort(new Error('ended by hand'))
  }
  return run(change, { signal: ended.signal, onProgress })
}

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
