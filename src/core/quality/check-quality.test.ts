import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeFile } from '../../platform/decoding/decode-file.ts'
import { wavBytes } from '../../platform/decoding/wav-bytes.fixture.ts'
import type { MonoAudio } from '../audio/audio.ts'
import { resample } from '../audio/resample.ts'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { estimateGrid } from '../beats/estimate-grid.ts'
import { estimateKey } from '../features/key.ts'
import { addNoise, addTone, silence } from '../features/synthetic-audio.fixture.ts'
import { createRandom } from '../support/random.ts'
import { checkQuality } from './check-quality.ts'
import { measureFaults } from './measure-faults.ts'
import type { QualityFlag } from './quality-flag.ts'

const RATE = 44100
const SECONDS = 12
const SEEDS = [1, 2, 3, 4]

type Planes = readonly [Float32Array, Float32Array]

/** Kicks, a bass line off the mains' frequencies, chords a little apart in the two channels, and noise up to the top. */
const composeMusic = (seed: number): Planes => {
  const random = createRandom(seed)
  const bpm = 100 + Math.floor(60 * random())
  const notes = Array.from({ length: 8 }, () => 40 + Math.floor(12 * random()))
  const planes: Planes = [new Float32Array(SECONDS * RATE), new Float32Array(SECONDS * RATE)]
  const beat = 60 / bpm
  for (let n = 0; n < SECONDS * RATE; n++) {
    const time = n / RATE
    const inBeat = time % beat
    const hertz = 440 * 2 ** ((notes[Math.floor(time / beat / 4) % notes.length]! - 69) / 12)
    const kick = 0.35 * Math.exp(-8 * inBeat) * Math.sin(2 * Math.PI * (55 * inBeat + 3 * (1 - Math.exp(-25 * inBeat))))
    const bass = 0.15 * Math.sin(2 * Math.PI * hertz * time) * Math.min(1, 10 * inBeat) * Math.exp(-2 * inBeat)
    const hat = 0.1 * (2 * random() - 1) * Math.exp(-20 * ((inBeat + beat / 2) % beat))
    const chord = (phase: number): number => 0.06 * Math.sin(2 * Math.PI * 5 * hertz * time + phase)
    planes[0][n] = kick + bass + hat + chord(0)
    planes[1][n] = kick + bass + 0.7 * hat + chord(1)
  }
  return planes
}

const composed = new Map<number, Planes>()
/** The same planes each time: whoever changes them makes others. */
const makeMusic = (seed: number): Planes => {
  const planes = composed.get(seed) ?? composeMusic(seed)
  composed.set(seed, planes)
  return planes
}

const change = (planes: Planes, map: (value: number, n: number) => number): Planes => [
  planes[0].map(map),
  planes[1].map(map),
]

const between = (planes: Planes, [before, after]: readonly [number, number]): Planes => {
  const spread = (plane: Float32Array): Float32Array => {
    const longer = new Float32Array(plane.length + (before + after) * RATE)
    longer.set(plane, before * RATE)
    return longer
  }
  return [spread(planes[0]), spread(planes[1])]
}

/** The same sound as if sampled at half the rate: nothing above 10 kHz. */
const halfBand = (plane: Float32Array): Float32Array => {
  const half = resample(plane, RATE)
  const taps = Float64Array.from({ length: 63 }, (_, tap) => {
    const distance = (tap - 31) / 2
    const window = 0.5 + 0.5 * Math.cos((Math.PI * (tap - 31)) / 32)
    return window * (distance === 0 ? 1 : Math.sin(Math.PI * distance) / (Math.PI * distance))
  })
  return plane.map((_, n) => {
    let sum = 0
    // Every second tap meets a sample, the other ones the zeros between.
    for (let tap = (n + 1) % 2; tap < taps.length; tap += 2) {
      const at = (n + tap - 31) / 2
      if (at >= 0 && at < half.length) sum += taps[tap]! * half[at]!
    }
    return sum
  })
}

const FAULTS: Readonly<
  Record<string, { readonly make: (music: Planes) => readonly Float32Array[]; readonly value: unknown }>
> = {
  clipping: {
    make: (music) => change(music, (value) => Math.max(-1, Math.min(1, 4 * value))),
    value: expect.any(Number),
  },
  near_silence: { make: (music) => change(music, (value) => value * 0.01), value: expect.any(Number) },
  long_lead_in: { make: (music) => between(music, [7, 0]), value: expect.closeTo(7, 1) },
  long_tail: { make: (music) => between(music, [0, 8]), value: expect.closeTo(8, 0) },
  dc_offset: { make: (music) => change(music, (value) => 0.9 * value - 0.04), value: expect.closeTo(-0.04, 2) },
  mono: { make: (music) => [music[0], music[0]], value: 2 },
  inverted_phase: { make: ([left, right]) => [left, right.map((value) => -value)], value: expect.any(Number) },
  upscaled: { make: ([left, right]) => [halfBand(left), halfBand(right)], value: expect.closeTo(11000, -4) },
  hum: {
    // The hum shows where the music has faded out.
    make: (music) =>
      change(music, (value, n) =>
        [1, 2, 3].reduce(
          (sum, k) => sum + (0.005 / k) * Math.sin((2 * Math.PI * 50 * k * n) / RATE),
          value * (n > 0.7 * SECONDS * RATE ? 0.01 : 1),
        ),
      ),
    value: 50,
  },
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-quality-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const key = { key: 'C major', camelot: '8B', tuningCents: 0, confidence: 1, fit: 1, chromaContrast: 1 }

const checkBytes = async (bytes: Uint8Array): Promise<readonly QualityFlag[]> => {
  const path = join(folder, 'a.wav')
  writeFileSync(path, bytes)
  const decoded = await decodeFile(path)
  return checkQuality({ ...decoded, faults: measureFaults(decoded.mono), grid: constantGrid(120, 40), key })
}

test.each(SEEDS)('clean music number %i has no flag', async (seed) => {
  expect(await checkBytes(wavBytes(makeMusic(seed)))).toEqual([])
})

test.each(Object.keys(FAULTS))(
  '%s is found in each of the generated tracks that has it, and nothing else',
  async (code) => {
    const { make, value } = FAULTS[code]!
    for (const seed of SEEDS) {
      const flags = await checkBytes(wavBytes(make(makeMusic(seed))))
      expect(flags.map((flag) => flag.code)).toEqual([code])
      expect(flags[0]!.value).toEqual(value)
    }
  },
)

test('sixty hertz are the other mains, and a bass on G is none', async () => {
  const quiet = (hertz: number): Planes =>
    change(makeMusic(1), (value, n) =>
      [1, 2, 3].reduce((sum, k) => sum + (0.005 / k) * Math.sin((2 * Math.PI * hertz * k * n) / RATE), 0.005 * value),
    )
  expect((await checkBytes(wavBytes(quiet(60)))).find(({ code }) => code === 'hum')?.value).toBe(60)
  expect((await checkBytes(wavBytes(quiet(48.9994)))).map(({ code }) => code)).not.toContain('hum')
})

test('a file that was cut off, and one that holds more than it says', async () => {
  const whole = wavBytes(makeMusic(1))
  const [truncated] = await checkBytes(whole.subarray(0, whole.length / 2))
  expect(truncated).toEqual({
    code: 'truncated',
    severity: 'warning',
    value: expect.closeTo(SECONDS / 2, 1),
    spans: [{ startSeconds: expect.closeTo(SECONDS / 2, 1), endSeconds: SECONDS }],
  })
  const decoded = await decodeFile(join(folder, 'a.wav'))
  const facts = { ...decoded, faults: measureFaults(decoded.mono), grid: constantGrid(120, 40), key }
  expect(checkQuality({ ...facts, declaredSeconds: SECONDS / 4 })).toEqual([
    { code: 'wrong_duration', severity: 'warning', value: SECONDS / 4, spans: [] },
  ])
})

test('silence has no tempo and no key to doubt', async () => {
  const flags = await checkBytes(wavBytes([new Float32Array(10 * RATE), new Float32Array(10 * RATE)]))
  expect(flags).toEqual([{ code: 'near_silence', severity: 'warning', value: null, spans: [] }])
})

/** Every pitch class sounds as often as any other. */
const twelveToneRows = (): MonoAudio => {
  const audio = silence(24)
  for (let note = 0; note < 96; note++)
    addTone(audio, { hertz: 220 * 2 ** (((5 * note) % 12) / 12), from: note / 4, to: (note + 1) / 4, gain: 0.2 })
  return audio
}

test('a tempo that changes, a grid and a key that are doubtful', async () => {
  writeFileSync(join(folder, 'a.wav'), wavBytes(makeMusic(1)))
  const decoded = await decodeFile(join(folder, 'a.wav'))
  const facts = { ...decoded, faults: measureFaults(decoded.mono) }
  const grid = constantGrid(120, 32)
  const two = { ...grid, anchors: [...grid.anchors, { beat: 16, seconds: 8, bpm: 126 }] }
  expect(checkQuality({ ...facts, key, grid: two })).toEqual([
    {
      code: 'variable_tempo',
      severity: 'notice',
      value: expect.closeTo(5, 6),
      spans: [
        { startSeconds: 0, endSeconds: 8 },
        { startSeconds: 8, endSeconds: SECONDS },
      ],
    },
  ])
  const codes = (more: Partial<Parameters<typeof checkQuality>[0]>): readonly string[] =>
    checkQuality({ ...facts, key, grid, ...more }).map(({ code }) => code)
  expect(codes({ grid: null })).toEqual(['doubtful_grid'])
  expect(codes({ grid: { ...grid, tempoConfidence: 0.4 } })).toEqual(['doubtful_grid'])
  expect(codes({ key: null })).toEqual(['doubtful_key'])
  expect(codes({ key: { ...key, confidence: 0.3 } })).toEqual(['doubtful_key'])
  expect(codes({ key: estimateKey(twelveToneRows()) })).toEqual(['doubtful_key'])
})

test.each(SEEDS)('noise number %i has neither a grid nor a key to trust', async (seed) => {
  const noise = addNoise(silence(60), { seed })
  expect(() => estimateGrid(noise)).toThrow(expect.objectContaining({ code: 'BEATS_NOT_FOUND' }))
  const path = join(folder, 'noise.wav')
  writeFileSync(path, wavBytes([noise.samples], { bits: 16, sampleRate: noise.sampleRate }))
  const decoded = await decodeFile(path)
  const track = { ...decoded, faults: measureFaults(decoded.mono), grid: null, key: estimateKey(noise) }
  expect(checkQuality(track).map(({ code }) => code)).toEqual(['mono', 'doubtful_grid', 'doubtful_key'])
})
