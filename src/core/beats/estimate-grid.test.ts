import { expect, test } from 'vitest'
import type { MonoAudio } from '../audio/audio.ts'
import { createRandom } from '../support/random.ts'
import { UserError } from '../support/user-error.ts'
import { type BeatGrid, beatsToSeconds, beatTimes, isConstantTempo, secondsToBeats } from './beat-grid.ts'
import { BREAKS, type DrumTrack, drumTrack, HOUSE, joinAudio } from './drum-track.fixture.ts'
import { estimateGrid } from './estimate-grid.ts'

const SAMPLE_RATE = 22050
/** Beats are found this close to the drum strikes (measured: 3 ms early). */
const NEAR_SECONDS = 0.008

const distanceToBeat = (grid: BeatGrid, seconds: number): number => {
  const beat = secondsToBeats(grid, seconds)
  return Math.abs(beatsToSeconds(grid, Math.round(beat)) - seconds)
}

const isDownbeat = (grid: BeatGrid, seconds: number): boolean =>
  (Math.round(secondsToBeats(grid, seconds)) - grid.firstDownbeat) % grid.beatsPerBar === 0

/** The last true beat before the end. */
const lastBeat = ({ bpm, seconds, offsetSeconds = 0 }: DrumTrack): number => {
  const beats = Math.floor(((seconds - 1 - offsetSeconds) * bpm) / 60)
  return offsetSeconds + (beats * 60) / bpm
}

const cases: DrumTrack[] = [
  { pattern: HOUSE, bpm: 110, seconds: 60, offsetSeconds: 0.5 },
  { pattern: HOUSE, bpm: 120, seconds: 60 },
  { pattern: BREAKS, bpm: 124.37, seconds: 60, offsetSeconds: 0.2 },
  { pattern: HOUSE, bpm: 128, seconds: 60, offsetSeconds: 0.05 },
  { pattern: BREAKS, bpm: 135.11, seconds: 60, offsetSeconds: 0.4 },
  { pattern: HOUSE, bpm: 150, seconds: 60, offsetSeconds: 0.2 },
  { pattern: BREAKS, bpm: 166.666, seconds: 60, offsetSeconds: 0.1 },
  { pattern: HOUSE, bpm: 174, seconds: 60, offsetSeconds: 0.33 },
  { pattern: { ...HOUSE, hat: 'x.xxx.xxx.xxx.xx' }, bpm: 126, seconds: 60, offsetSeconds: 0.2, swing: 0.3 },
]

test.each(cases)('$bpm BPM from $offsetSeconds s, swing $swing: tempo, beats and downbeats', (options) => {
  const grid = estimateGrid(drumTrack(options))
  expect(isConstantTempo(grid)).toBe(true)
  expect(Math.abs(grid.anchors[0]!.bpm - options.bpm)).toBeLessThan(0.01)
  const first = options.offsetSeconds ?? 0
  expect(distanceToBeat(grid, first)).toBeLessThan(NEAR_SECONDS)
  expect(distanceToBeat(grid, lastBeat(options))).toBeLessThan(NEAR_SECONDS)
  expect(isDownbeat(grid, first)).toBe(true)
  expect(grid.firstPhrase % grid.beatsPerBar).toBe(grid.firstDownbeat)
})

// A loop below about 105 BPM may equally well be read at twice the tempo.
test.each([
  [60, BREAKS],
  [75, BREAKS],
  [90.073, BREAKS],
  [100, HOUSE],
  [199.247, BREAKS],
])('%d BPM is exact up to the octave', (bpm, pattern) => {
  const found = estimateGrid(drumTrack({ pattern, bpm, seconds: 60, offsetSeconds: 0.3 })).anchors[0]!.bpm
  expect(Math.min(...[0.5, 1, 2].map((factor) => Math.abs(found - bpm * factor) / factor))).toBeLessThan(0.01)
})

test('an off-beat bass louder than the kick does not move the beat', () => {
  const options = { pattern: { ...HOUSE, bass: '..x...x...x...x.', hat: '..x...x...x...x.' }, bpm: 138, seconds: 90 }
  const grid = estimateGrid(drumTrack({ ...options, offsetSeconds: 0.25 }))
  expect(distanceToBeat(grid, 0.25)).toBeLessThan(NEAR_SECONDS)
})

test('the grid drifts less than 10 ms in ten minutes', () => {
  const options = { pattern: HOUSE, bpm: 127.93, seconds: 600, offsetSeconds: 0.2 }
  const grid = estimateGrid(drumTrack(options))
  const driftSeconds = distanceToBeat(grid, lastBeat(options)) - distanceToBeat(grid, 0.2)
  expect(Math.abs(driftSeconds)).toBeLessThan(0.001)
})

test('a downbeat is found in the middle of the music, without its start', () => {
  const whole = drumTrack({ pattern: BREAKS, bpm: 132, seconds: 120 })
  const startSeconds = 10.1
  const samples = whole.samples.slice(Math.round(startSeconds * SAMPLE_RATE))
  const grid = estimateGrid({ samples, sampleRate: SAMPLE_RATE })
  const bar = 240 / 132
  const nextDownbeat = Math.ceil(startSeconds / bar) * bar - startSeconds
  expect(distanceToBeat(grid, nextDownbeat)).toBeLessThan(NEAR_SECONDS)
  expect(isDownbeat(grid, nextDownbeat)).toBe(true)
})

test('a change of tempo makes pieces that join without a gap', () => {
  const grid = estimateGrid(
    joinAudio([
      drumTrack({ pattern: HOUSE, bpm: 126, seconds: 60 }),
      drumTrack({ pattern: HOUSE, bpm: 140, seconds: 60 }),
    ]),
  )
  expect(isConstantTempo(grid)).toBe(false)
  expect(Math.abs(grid.anchors[0]!.bpm - 126)).toBeLessThan(0.01)
  expect(Math.abs(grid.anchors.at(-1)!.bpm - 140)).toBeLessThan(0.01)
  expect(Math.abs(grid.anchors.at(-1)!.seconds - 60)).toBeLessThan(NEAR_SECONDS)
  for (const seconds of [30, 60 + (60 * 60) / 140]) {
    const nearest = seconds < 60 ? Math.round((seconds * 126) / 60) / (126 / 60) : seconds
    expect(distanceToBeat(grid, nearest)).toBeLessThan(NEAR_SECONDS)
  }
  const times = beatTimes(grid)
  for (let beat = 1; beat < times.length; beat++) {
    expect(times[beat]! - times[beat - 1]!).toBeGreaterThan(0.4)
    expect(times[beat]! - times[beat - 1]!).toBeLessThan(0.5)
  }
})

const worstMiss = (grid: BeatGrid, beats: readonly number[]): number =>
  Math.max(...beats.map((seconds) => distanceToBeat(grid, seconds)))

test.each([
  [0.3, BREAKS],
  [0.7, BREAKS],
])('a cut of %d beat is a new anchor, and the tempo stays', (cut, pattern) => {
  const before = { pattern, bpm: 126, seconds: ((100 + cut) * 60) / 126 }
  const grid = estimateGrid(joinAudio([drumTrack(before), drumTrack({ pattern, bpm: 126, seconds: 50 })]))
  expect(isConstantTempo(grid)).toBe(false)
  expect(Math.abs(grid.anchors[0]!.bpm - 126)).toBeLessThan(0.02)
  expect(Math.abs(grid.anchors.at(-1)!.bpm - 126)).toBeLessThan(0.02)
  // The cut itself may lie a bar to either side.
  const beatsFrom = (start: number): number[] =>
    Array.from({ length: 90 }, (_, beat) => start + ((beat + 4) * 60) / 126)
  expect(worstMiss(grid, [...beatsFrom(0), ...beatsFrom(before.seconds)])).toBeLessThan(NEAR_SECONDS)
})

test.each([
  ['swings by 1 %', (time: number) => time + 0.057 * Math.sin((2 * Math.PI * time) / 36)],
  ['swings by 2 %', (time: number) => time + 0.115 * Math.sin((2 * Math.PI * time) / 36)],
  ['slides evenly by 0.5 %', (time: number) => time + (0.0025 * time * (100 - time)) / 100],
])('the grid follows a tempo that %s', (_, warp) => {
  const grid = estimateGrid(drumTrack({ pattern: BREAKS, bpm: 122, seconds: 100, offsetSeconds: 0.4, warp }))
  expect(isConstantTempo(grid)).toBe(false)
  const beats = Array.from({ length: 195 }, (__, beat) => warp(0.4 + (beat * 60) / 122))
  expect(worstMiss(grid, beats)).toBeLessThan(0.03)
  expect(isDownbeat(grid, beats[96]!)).toBe(true)
})

test.each([
  [1.3, 40],
  [0.8, 25],
])('the grid follows a ramp to %d times the tempo', (times, rampSeconds) => {
  const [from, to] = [30, 30 + rampSeconds]
  const slope = (times - 1) / rampSeconds
  const warp = (time: number): number =>
    Math.min(time, from) +
    Math.log1p(slope * (Math.min(Math.max(time, from), to) - from)) / slope +
    Math.max(0, time - to) / times
  const grid = estimateGrid(drumTrack({ pattern: HOUSE, bpm: 124, seconds: 100, offsetSeconds: 0.4, warp }))
  const beats = Array.from({ length: 200 }, (_, beat) => warp(0.4 + (beat * 60) / 124)).filter((time) => time < 99)
  // Where the ramp begins and ends, windows see both.
  expect(worstMiss(grid, beats)).toBeLessThan(0.07)
  expect(worstMiss(grid, [...beats.slice(0, 50), ...beats.slice(-30)])).toBeLessThan(NEAR_SECONDS)
  const counted = Math.round(secondsToBeats(grid, beats.at(-1)!)) - Math.round(secondsToBeats(grid, beats[0]!))
  expect(counted).toBe(beats.length - 1)
})

test('the wow of a turntable leaves one tempo', () => {
  const warp = (time: number): number => time + 0.0006 * Math.sin(2 * Math.PI * 0.5556 * time)
  const grid = estimateGrid(drumTrack({ pattern: HOUSE, bpm: 126.4, seconds: 100, warp }))
  expect(isConstantTempo(grid)).toBe(true)
  expect(Math.abs(grid.anchors[0]!.bpm - 126.4)).toBeLessThan(0.01)
})

test('confidences are probabilities', () => {
  const grid = estimateGrid(drumTrack({ pattern: BREAKS, bpm: 130, seconds: 30 }))
  for (const confidence of [grid.tempoConfidence, grid.downbeatConfidence, grid.phraseConfidence]) {
    expect(confidence).toBeGreaterThan(0)
    expect(confidence).toBeLessThanOrEqual(1)
  }
  expect(grid.phraseConfidence).toBeLessThanOrEqual(grid.downbeatConfidence)
})

const codeOf = (audio: MonoAudio): string => {
  try {
    estimateGrid(audio)
    return 'none'
  } catch (error) {
    return error instanceof UserError ? error.code : String(error)
  }
}
const filled = (seconds: number, value: (sample: number) => number): MonoAudio => ({
  samples: Float32Array.from({ length: seconds * SAMPLE_RATE }, (_, sample) => value(sample)),
  sampleRate: SAMPLE_RATE,
})

test('audio without a grid says why', () => {
  const random = createRandom(1)
  expect(codeOf(filled(4.9, random))).toBe('AUDIO_TOO_SHORT')
  expect(codeOf({ samples: new Float32Array(0), sampleRate: SAMPLE_RATE })).toBe('AUDIO_TOO_SHORT')
  expect(codeOf(filled(10, () => 0))).toBe('AUDIO_SILENT')
  expect(codeOf(filled(10, () => 0.5))).toBe('AUDIO_SILENT')
  expect(codeOf(filled(30, () => random() - 0.5))).toBe('BEATS_NOT_FOUND')
  expect(codeOf(filled(30, (sample) => 0.5 * Math.sin(sample * 0.06)))).toBe('BEATS_NOT_FOUND')
})

test('an abort stops the estimate', () => {
  const audio = drumTrack({ pattern: HOUSE, bpm: 120, seconds: 10 })
  expect(() => estimateGrid(audio, { signal: AbortSignal.abort(new Error('enough')) })).toThrow('enough')
})
