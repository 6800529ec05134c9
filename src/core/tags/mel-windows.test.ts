import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addNoise, addTone, silence } from '../features/synthetic-audio.fixture.ts'
import { measureSpectra } from '../features/track-frames.ts'
import { type EarsCard, parseEarsCard } from './ears-card.ts'
import { cutMelWindows, type HearableAudio } from './mel-windows.ts'

const SHIPPED = join(import.meta.dirname, '..', '..', '..', 'assets', 'ears', 'ears.json')
const shipped = parseEarsCard(JSON.parse(readFileSync(SHIPPED, 'utf8'))) as EarsCard
const audio = addTone(addNoise(silence(7), { gain: 0.1, seed: 1 }), { hertz: 440 })
const mel = measureSpectra(audio).heardMel

const levelsOf = (heard: HearableAudio, card = shipped): Float32Array => {
  const windows = cutMelWindows(heard, card)
  const levels = new Float32Array(windows.count * windows.size)
  windows.write(0, windows.count, levels)
  return levels
}

test('the network that ships reads the bands that the features measure, the same to the bit', () => {
  expect(levelsOf({ ...audio, mel })).toEqual(levelsOf(audio))
  // Nothing is measured anew: bands of twice the power come out 3 dB louder, and the input stays as it was.
  const louder = { ...mel, values: mel.values.map((power) => 2 * power) }
  const [plain, raised] = [levelsOf(audio), levelsOf({ ...audio, mel: louder })]
  expect(raised[20 * 96 + 30]! - plain[20 * 96 + 30]!).toBeCloseTo(3.01, 2)
  expect(levelsOf({ ...audio, mel: louder })).toEqual(raised)
})

test.each([
  { bands: 64 },
  { hopSamples: 256 },
  { frameSize: 1024 as const },
  { sampleRate: 16000, maxHz: 8000 },
  { minHz: 60 },
])('bands that another network reads are measured for it: %o', (other) => {
  const card = { ...shipped, mel: { ...shipped.mel, ...other } }
  expect(levelsOf({ ...audio, mel }, card)).toEqual(levelsOf(audio, card))
})
