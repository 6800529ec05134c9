import { describe, expect, it } from 'vitest'
import type { MonoAudio } from '../audio/audio.ts'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { estimateEnergy } from './energy.ts'
import { extractFeatures } from './extract-features.ts'
import { addKick, addNoise, addTone, silence } from './synthetic-audio.fixture.ts'

const BEATS = 32
type Arrangement = { bpm?: number; kicks?: boolean; hatsPerBeat?: number; fromBeat?: number }

/** A low chord throughout, kicks and hats from a given beat on. */
const play = ({ bpm = 120, kicks = false, hatsPerBeat = 0, fromBeat = 0 }: Arrangement): MonoAudio => {
  const beatSeconds = 60 / bpm
  const audio = addTone(silence(BEATS * beatSeconds), { hertz: 220, gain: 0.1, harmonics: 4 })
  for (let beat = fromBeat; beat < BEATS; beat++) {
    if (kicks) addKick(audio, beat * beatSeconds)
    for (let hat = 0; hat < hatsPerBeat; hat++) {
      const from = (beat + (hat + 0.5) / hatsPerBeat) * beatSeconds
      addNoise(audio, { from, to: from + 0.05, decaySeconds: 0.01, gain: 0.2, seed: beat * 8 + hat })
    }
  }
  return audio
}
const energyOf = (arrangement: Arrangement): ReturnType<typeof estimateEnergy> => {
  const grid = constantGrid(arrangement.bpm ?? 120, BEATS)
  return estimateEnergy(extractFeatures(play(arrangement), grid), grid)
}

describe('estimateEnergy', () => {
  it('rises from a pad over a kick to kick and hats, and with the tempo', () => {
    const ladder = [
      energyOf({}),
      energyOf({ kicks: true }),
      energyOf({ kicks: true, hatsPerBeat: 2 }),
      energyOf({ kicks: true, hatsPerBeat: 2, bpm: 170 }),
    ].map(({ energy }) => energy)
    for (let step = 1; step < ladder.length; step++) expect(ladder[step]).toBeGreaterThan(ladder[step - 1]!)
    expect(ladder[0]).toBeLessThanOrEqual(3)
    for (const energy of ladder) expect(Number.isInteger(energy) && energy >= 1 && energy <= 10).toBe(true)
  })

  it('does not change with the gain', () => {
    const grid = constantGrid(120, BEATS)
    const audio = play({ kicks: true, hatsPerBeat: 2 })
    const soft = { ...audio, samples: audio.samples.map((sample) => sample / 8) }
    const [a, b] = [audio, soft].map((sound) => estimateEnergy(extractFeatures(sound, grid), grid))
    expect(b!.energy).toBe(a!.energy)
    for (const [bar, value] of b!.curve.entries()) expect(value).toBeCloseTo(a!.curve[bar]!, 1)
  })

  it('has one value a bar that follows the arrangement', () => {
    const { curve } = energyOf({ kicks: true, hatsPerBeat: 2, fromBeat: 16 })
    expect(curve).toHaveLength(8)
    expect(Math.min(...curve.slice(4))).toBeGreaterThan(Math.max(...curve.slice(0, 3)) + 0.2)
    for (const value of curve) expect(value >= 0 && value <= 1).toBe(true)
  })

  it('names the parts it is made of', () => {
    const [calm, driving] = [energyOf({}).parts, energyOf({ kicks: true, hatsPerBeat: 2 }).parts]
    expect(driving.density).toBeGreaterThan(calm.density)
    expect(driving.pumping).toBeGreaterThan(calm.pumping + 0.5)
    expect(driving.tempo).toBe(calm.tempo)
  })

  it('is 1 for silence at a slow tempo', () => {
    const grid = constantGrid(80, 16)
    expect(estimateEnergy(extractFeatures(silence(12), grid), grid).energy).toBe(1)
  })
})
