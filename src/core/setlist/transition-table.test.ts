import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyMixTrack } from './mix-track.fixture.ts'
import { MIX_STYLES, STYLE_WORTH } from './mix-windows.ts'
import { scoreTransition, type TransitionEnd } from './score-transition.ts'
import { type MixTrack, transitionTable } from './transition-table.ts'

const distance = fc.option(fc.double({ min: 0, max: 4, noNaN: true }).map(Math.fround))
const FREE = { mostTempoPercent: null, mostVoices: null }

test('a row holds for each track what the best style scores by itself', () => {
  fc.assert(
    fc.property(anyMixTrack, anyMixTrack, distance, (one, other, far) => {
      const table = transitionTable([one, other], () => (far === null ? null : Float32Array.of(0, far)), FREE)
      const scores = MIX_STYLES.flatMap((style) => {
        const [out, into] = [one.out[style], other.into[style]]
        const score = out && into && scoreTransition(out, into, far).score
        return score === null ? [] : [STYLE_WORTH[style] * score]
      })
      expect(table(0)[1]).toBeCloseTo(scores.length === 0 ? -1 : Math.max(...scores), 9)
      expect(table(0)[0]).toBe(-1)
    }),
  )
})

const HOUSE: TransitionEnd = { tempoBpm: 124, camelot: '8A', tuningCents: 0, energy: 0.4, voice: 0.9, bass: 0 }
const only = (end: TransitionEnd): MixTrack => {
  const ends = { 'outro to intro': end, 'break to intro': null, 'drop to drop': null, 'quick cut': null }
  return { out: ends, into: ends }
}

test('a step of the tempo and two voices at once can be ruled out, and what is not known cannot', () => {
  const tracks = [
    HOUSE,
    { ...HOUSE, tempoBpm: 128 },
    { ...HOUSE, voice: 0.2 },
    { ...HOUSE, tempoBpm: null, voice: null },
  ]
  const table = (limits: typeof FREE | { mostTempoPercent: number; mostVoices: number }): readonly boolean[] =>
    [...transitionTable(tracks.map(only), () => null, limits)(0)].map((score) => score >= 0)
  expect(table(FREE)).toEqual([false, true, true, true])
  expect(table({ mostTempoPercent: 3, mostVoices: 0.25 })).toEqual([false, false, true, true])
})
