import { describe, expect, it } from 'vitest'
import { PITCH_CLASSES } from './beat-chroma.ts'
import { estimateKey, formatCamelot } from './key.ts'
import { addNoise, cadence, silence } from './synthetic-audio.fixture.ts'

const CASES = (['major', 'minor'] as const).flatMap((mode) =>
  PITCH_CLASSES.map((name, tonic) => ({ name, tonic, mode })),
)

describe('estimateKey', () => {
  for (const cents of [-30, 0, 30])
    it.each(CASES)(`hears a cadence in $name $mode detuned by ${cents} cents`, ({ name, tonic, mode }) => {
      const found = estimateKey(cadence(tonic, mode, cents))!
      expect(found.key).toBe(`${name} ${mode}`)
      expect(Math.abs(found.tuningCents - cents)).toBeLessThan(4)
    })

  it('is surer of a cadence than of noise', () => {
    const clear = estimateKey(cadence(0, 'major', 0))!
    const noise = estimateKey(addNoise(silence(6), { gain: 0.3 }))!
    expect(clear.confidence).toBeGreaterThan(0.8)
    expect(noise.confidence).toBeLessThan(0.6)
  })

  it('does not depend on the gain', () => {
    const loud = cadence(9, 'minor', 10)
    const soft = { ...loud, samples: loud.samples.map((sample) => sample / 16) }
    expect(estimateKey(soft)!.key).toBe(estimateKey(loud)!.key)
    expect(estimateKey(soft)!.confidence).toBeCloseTo(estimateKey(loud)!.confidence, 3)
  })

  it('is null in silence', () => expect(estimateKey(silence(3))).toBeNull())
})

describe('formatCamelot', () => {
  // The Camelot wheel as printed by Mixed In Key.
  it.each([
    [0, 'major', '8B'],
    [9, 'minor', '8A'],
    [7, 'major', '9B'],
    [4, 'minor', '9A'],
    [5, 'major', '7B'],
    [11, 'major', '1B'],
    [8, 'minor', '1A'],
    [4, 'major', '12B'],
    [1, 'minor', '12A'],
    [6, 'major', '2B'],
    [3, 'minor', '2A'],
  ] as const)('writes pitch class %i %s as %s', (tonic, mode, camelot) => {
    expect(formatCamelot(tonic, mode)).toBe(camelot)
  })

  it('gives all 24 keys their own place', () => {
    expect(new Set(CASES.map(({ tonic, mode }) => formatCamelot(tonic, mode))).size).toBe(24)
  })
})
