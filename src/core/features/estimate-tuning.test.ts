import { expect, it } from 'vitest'
import { estimateTuning } from './estimate-tuning.ts'
import { findPitchPeaks } from './pitch-peaks.ts'
import { addNoise, addTone, silence } from './synthetic-audio.fixture.ts'

it.each([-45, -20, 0, 7, 33, 49])('finds notes that lie %i cents off', (cents) => {
  const audio = addNoise(silence(3), { gain: 0.01 })
  for (const semitone of [57, 61, 64])
    addTone(audio, { hertz: 440 * 2 ** ((semitone - 69 + cents / 100) / 12), gain: 0.1 })
  expect(Math.abs(estimateTuning(findPitchPeaks(audio)) - cents)).toBeLessThan(1)
})

it('is 0 in silence', () => expect(estimateTuning(findPitchPeaks(silence(1)))).toBe(0))

it('finds the pitch of a sine to a few cents anywhere between the bins', () => {
  for (const hertz of [111, 220.7, 441.3, 1234.5, 3000.1]) {
    const { semitones, powers } = findPitchPeaks(addTone(silence(2), { hertz, gain: 0.5 }))
    const strongest = semitones[powers.indexOf(Math.max(...powers))]!
    expect(Math.abs(strongest - (69 + 12 * Math.log2(hertz / 440)))).toBeLessThan(0.03)
  }
})
