import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addNoise, addTone, silence } from '../../core/features/synthetic-audio.fixture.ts'
import { decodeHeardWindows } from '../../core/tags/heard-windows-bytes.ts'
import { checkFile } from '../../engine/analysis/check-file.ts'
import { wavBytes } from '../decoding/wav-bytes.fixture.ts'
import { SHIPPED_EARS } from '../inference/shipped-ears.ts'
import { TINY, writeTinyEars } from '../inference/tiny-ears.fixture.ts'
import { type HeardAudio, hearAudio } from './hear-audio.ts'
import { inlineRunner } from './inline-runner.fixture.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-hear-'))
  writeTinyEars(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

const context = { report: () => {}, signal: new AbortController().signal }
const hear = (samples: Float32Array, ears = folder): Promise<HeardAudio> =>
  hearAudio({ audio: { samples, sampleRate: 22050 }, ears: { folder: ears, provider: 'wasm' } }, context)

test.each([
  ['silence', silence(10).samples, 11],
  ['a constant', silence(10).samples.fill(0.5), 11],
  ['a third of a second', addTone(silence(0.3), { hertz: 440 }).samples, 1],
] as const)('%s is heard as numbers, of length 1 as a whole', async (_, samples, windows) => {
  const { embedding, windows: bytes } = await hear(samples)
  expect(decodeHeardWindows(bytes).count).toBe(windows)
  expect(embedding.every(Number.isFinite)).toBe(true)
  expect(Math.hypot(...embedding)).toBeCloseTo(1, 4)
})

test('nothing at all has no windows, no tags and no flags', async () => {
  expect(await hear(new Float32Array())).toMatchObject({ tags: [], flags: [], embedding: new Float32Array() })
})

test('a network whose outputs have other shapes than its card says is told', async () => {
  const other = join(folder, 'other')
  writeTinyEars(other, { outputs: { embedding: 2 * TINY.bands, tags: TINY.bands } })
  await expect(hear(silence(3).samples, other)).rejects.toMatchObject({ code: 'INCOMPATIBLE_MODEL' })
})

test('the network that ships tells noise from silence, and takes a file of 8 kHz', async () => {
  const shipped = { ears: { folder: SHIPPED_EARS, provider: 'wasm' } } as const
  const codesOf = async (samples: Float32Array, sampleRate = 22050): Promise<readonly string[]> => {
    const path = join(folder, 'checked.wav')
    writeFileSync(path, wavBytes([samples], { bits: 16, sampleRate }))
    const { flags, unheard } = await checkFile(inlineRunner, path, shipped)
    expect(unheard).toBeNull()
    return flags.map(({ code }) => code).filter((code) => ['speech', 'noise', 'not_music'].includes(code))
  }
  expect(await codesOf(silence(12).samples)).toEqual([])
  expect(await codesOf(addNoise(silence(12), { gain: 0.3, seed: 1 }).samples)).toEqual(['noise', 'not_music'])
  expect(await codesOf(addTone(silence(5), { hertz: 440 }).samples, 8000)).not.toContain('speech')
})

test('where no network runs a file is checked for all that needs none', async () => {
  const path = join(folder, 'unheard.wav')
  writeFileSync(path, wavBytes([silence(6).samples.fill(0.5)], { bits: 16, sampleRate: 22050 }))
  const { flags, unheard } = await checkFile(inlineRunner, path, { ears: { folder: join(folder, 'nowhere') } })
  expect(flags.map(({ code }) => code)).toContain('dc_offset')
  expect(unheard).toContain(join('nowhere', 'ears.json'))
})
