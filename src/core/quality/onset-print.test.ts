import { describe, expect, test } from 'vitest'
import { ANALYSIS_SAMPLE_RATE_HZ } from '../audio/audio.ts'
import { createRandom } from '../support/random.ts'
import { onsetLikeness, printOnsets } from './onset-print.ts'

const BEAT_SECONDS = 60 / 124
const SECONDS = 60

/** Kicks on the beats and hats between them, all by the clock but for `offbeat`, where the hats lie in the beat. */
const play = ({
  offbeat = 0.54,
  delaySeconds = 0,
  gain = 1,
  noise = 0.0005,
  jitter = 0,
  seed = 1,
} = {}): Float32Array => {
  const samples = new Float32Array(SECONDS * ANALYSIS_SAMPLE_RATE_HZ)
  const random = createRandom(7)
  const human = createRandom(seed)
  const strike = (seconds: number, length: number, sound: (n: number) => number): void => {
    const late = seconds + delaySeconds + jitter * (human() - 0.5)
    const first = Math.round(late * ANALYSIS_SAMPLE_RATE_HZ)
    for (let n = 0; n < length && first + n < samples.length; n++) samples[first + n]! += gain * sound(n)
  }
  for (let beat = 0.3; beat < SECONDS - 1; beat += BEAT_SECONDS) {
    strike(beat, 4000, (n) => 0.6 * Math.exp(-n / 1200) * Math.sin(n / 40 + 6 * (1 - Math.exp(-n / 200))))
    strike(beat + offbeat * BEAT_SECONDS, 1200, (n) => 0.2 * Math.exp(-n / 250) * (2 * random() - 1))
  }
  return samples.map((sample) => sample + noise * (2 * random() - 1))
}
const likeness = (one: Float32Array, other: Float32Array): number | null =>
  onsetLikeness(printOnsets(one), printOnsets(other))

describe('the same recording', () => {
  test.each([
    ['itself', {}],
    ['later by what an encoder puts before it', { delaySeconds: 0.05 }],
    ['quieter, with the noise of an encoder', { gain: 0.6, noise: 0.001 }],
  ])('%s', (_, change) => expect(likeness(play(), play(change))).toBeGreaterThan(0.9))
})

describe('another take', () => {
  test.each([
    ['whose hats lie 2 % of a beat later', { offbeat: 0.56 }],
    ['whose hats lie 2 % of a beat earlier', { offbeat: 0.52 }],
    ['played by hand', { jitter: 0.02 }],
  ])('%s', (_, change) => expect(likeness(play(), play(change))).toBeLessThan(0.75))
})

test('where hardly anything is struck, nothing can be told', () => {
  const calm = Float32Array.from({ length: SECONDS * ANALYSIS_SAMPLE_RATE_HZ }, (_, n) => 0.2 * Math.sin(n / 30))
  expect(likeness(calm, calm)).toBeNull()
  expect(likeness(play(), calm)).toBeLessThan(0.3)
})
