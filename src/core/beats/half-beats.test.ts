import { expect, test } from 'vitest'
import type { MonoAudio } from '../audio/audio.ts'
import { createRandom } from '../support/random.ts'
import { secondsToBeats } from './beat-grid.ts'
import { estimateGrid } from './estimate-grid.ts'

const SAMPLE_RATE = 22050
const SECONDS = 75
const START_SECONDS = 0.4
const BASS_HZ = [110, 87.3, 65.4, 98] as const
const OVERTONES = [1, 2, 3, 4, 5, 6] as const

type Piece = {
  readonly bpm: number
  /** The kick sounds from this beat on. */
  readonly firstKick: number
  readonly kick: number
  readonly bass: number
  /** How long the bass is held, in beats. */
  readonly held: number
}

/** Bass and an open hat between the beats throughout, a kick on them late and for long nowhere. */
const offBeatPiece = ({ bpm, firstKick, kick, bass, held }: Piece): MonoAudio => {
  const random = createRandom(5)
  const samples = new Float32Array(SECONDS * SAMPLE_RATE)
  const beat = 60 / bpm
  const strike = (seconds: number, length: number, voice: (time: number) => number): void => {
    const start = Math.round(seconds * SAMPLE_RATE)
    for (let n = 0; n < length * SAMPLE_RATE && start + n < samples.length; n++)
      samples[start + n]! += voice(n / SAMPLE_RATE)
  }
  for (let at = 0; START_SECONDS + at * beat < SECONDS - 1; at++) {
    const onBeat = START_SECONDS + at * beat
    const thump = (time: number): number =>
      Math.exp(-9 * time) * Math.sin(2 * Math.PI * (50 * time + 3.3 * (1 - Math.exp(-33 * time))))
    const click = (time: number): number => (time < 0.002 ? 0.3 * (2 * random() - 1) : 0)
    if (at >= firstKick) strike(onBeat, 0.28, (time) => kick * thump(time) + click(time))
    const hertz = BASS_HZ[(at >> 2) % BASS_HZ.length]!
    strike(onBeat + beat / 2, held * beat, (time) => {
      const tone = OVERTONES.reduce(
        (sum, overtone) => sum + Math.sin(2 * Math.PI * hertz * overtone * time) / overtone,
        0,
      )
      return bass * Math.min(1, time / 0.005) * tone
    })
    // Differences of noise are a hat's: nothing below a few kilohertz.
    let [before, slope] = [0, 0]
    strike(onBeat + beat / 2, 0.12, (time) => {
      const value = 2 * random() - 1
      const bend = value - before - slope
      slope = value - before
      before = value
      return 0.1 * Math.exp(-11 * time) * bend
    })
  }
  return { samples, sampleRate: SAMPLE_RATE }
}

test.each<Piece>([
  { bpm: 132, firstKick: 100, kick: 1, bass: 0.5, held: 0.8 },
  { bpm: 138, firstKick: 128, kick: 0.6, bass: 0.5, held: 0.4 },
  { bpm: 126, firstKick: 32, kick: 0.5, bass: 0.6, held: 0.45 },
])('a bass and a hat between the beats at $bpm BPM are not taken for the kick from beat $firstKick on', (piece) => {
  const place = secondsToBeats(estimateGrid(offBeatPiece(piece)), START_SECONDS)
  expect(Math.abs(place - Math.round(place))).toBeLessThan(0.05)
})
