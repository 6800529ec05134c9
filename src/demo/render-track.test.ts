import { beforeAll, expect, test } from 'vitest'
import { ANALYSIS_SAMPLE_RATE_HZ } from '../core/audio/audio.ts'
import { drumNames } from './drum-parts.ts'
import { type GeneratedTrack, generateTrack } from './generate-track.ts'
import { GENRES } from './genre.ts'
import { genreStyles } from './genre-styles.ts'
import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'
import { renderTrack } from './render-track.ts'
import { loadDrumKit } from './samples.ts'
import { planTrack, type TrackPlan } from './track-plan.ts'
import { describeTruth } from './track-truth.ts'

const rmsDb = (plane: Float32Array, from: number, to: number): number => {
  let sum = 0
  for (let n = from; n < to; n++) sum += plane[n]! ** 2
  return 10 * Math.log10(sum / (to - from))
}

/** The same track with nothing in it but the kick, if the kit holds no other sound. */
const soloKick = (plan: TrackPlan): TrackPlan => ({
  ...plan,
  sounds: { ...plan.sounds, snare: 'drum_snare_hard' },
  sections: plan.sections.map((section) => ({
    ...section,
    layers: section.layers.filter(({ layer }) => layer === 'kick'),
    sweeps: [],
    fill: 'none',
    riserBeats: 0,
    rollBeats: 0,
    entry: [],
  })),
  mix: { ...plan.mix, noiseDb: -120 },
})

let track: GeneratedTrack
beforeAll(async () => {
  track = await generateTrack(2, 'techno')
}, 60_000)

test('the same seed gives the same samples, another seed others', async () => {
  const again = await generateTrack(2, 'techno')
  const other = await generateTrack(3, 'techno')
  expect(Buffer.compare(Buffer.from(again.audio.planes[0]!.buffer), Buffer.from(track.audio.planes[0]!.buffer))).toBe(0)
  expect(again.truth).toEqual(track.truth)
  expect(other.audio.planes[0]!.subarray(0, 100_000)).not.toEqual(track.audio.planes[0]!.subarray(0, 100_000))
}, 60_000)

test('no sample passes the ceiling, all are finite, and the file lasts as long as the truth says', () => {
  const plane = track.audio.planes[0]!
  const peak = plane.reduce((high, value) => Math.max(high, Math.abs(value)), 0)
  expect(peak).toBeLessThanOrEqual(10 ** (track.plan.mix.ceilingDb / 20) + 1e-6)
  expect(peak).toBeGreaterThan(0.5)
  expect(plane.every(Number.isFinite)).toBe(true)
  expect(plane.length / track.audio.sampleRate).toBeCloseTo(track.truth.duration_seconds, 4)
  expect(track.audio.sampleRate).toBe(2 * ANALYSIS_SAMPLE_RATE_HZ)
})

test('drops are at least 3 dB over breaks, and within 1.5 dB of each other', () => {
  const level = (kind: string): number[] =>
    track.truth.segments
      .filter(({ label }) => label === kind)
      .map(({ start, end }) =>
        rmsDb(track.audio.planes[0]!, Math.round(start * DEMO_SAMPLE_RATE_HZ), Math.round(end * DEMO_SAMPLE_RATE_HZ)),
      )
  const drops = level('drop')
  expect(Math.min(...drops) - Math.max(...level('break'))).toBeGreaterThanOrEqual(3)
  expect(Math.max(...drops) - Math.min(...drops)).toBeLessThanOrEqual(1.5)
})

test('kicks sound on the beats of the truth to 2 ms', async () => {
  const plan = soloKick({ ...planTrack(4, 'techno'), firstBeatSeconds: 0.317, bpm: 131.43 })
  const kicks = await loadDrumKit([plan.sounds.kick])
  const silent = drumNames(plan).map((name) => [name, new Float32Array(1)] as const)
  const plane = renderTrack(plan, new Map([...silent, ...kicks])).planes[0]!
  const { beat_times } = describeTruth(plan, 'x')
  let heard = 0
  for (const section of plan.sections.filter(({ kind }) => kind === 'drop')) {
    const rest = Math.max(section.kickRestBeats, section.gapBeats)
    for (let beat = section.startBeat + 1; beat < section.endBeat - rest; beat++) {
      const from = Math.round((beat_times[beat]! - 0.05) * DEMO_SAMPLE_RATE_HZ)
      const onset = plane.subarray(from, from + 0.1 * DEMO_SAMPLE_RATE_HZ).findIndex((value) => Math.abs(value) > 0.1)
      expect(Math.abs((from + onset) / DEMO_SAMPLE_RATE_HZ - beat_times[beat]!)).toBeLessThanOrEqual(0.002)
      heard++
    }
  }
  expect(heard).toBeGreaterThan(40)
}, 60_000)

test('every sampled kick and snare reaches a fifth of its peak within 2 ms', async () => {
  const names = GENRES.flatMap((genre) => [...genreStyles[genre].kicks, ...genreStyles[genre].snares])
  const kit = await loadDrumKit(names)
  for (const [name, samples] of kit) {
    const reached = samples.findIndex((value) => Math.abs(value) >= 0.2) / DEMO_SAMPLE_RATE_HZ
    expect(reached, name).toBeLessThanOrEqual(0.002)
  }
})
