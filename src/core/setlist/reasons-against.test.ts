import { expect, test } from 'vitest'
import { reasonsAgainst } from './reasons-against.ts'
import { scoreTransition, type TransitionEnd } from './score-transition.ts'

const HOUSE: TransitionEnd = { tempoBpm: 124, camelot: '8A', tuningCents: 0, energy: 0.5, voice: 0, bass: 0 }
const codesOf = (out: Partial<TransitionEnd>, into: Partial<TransitionEnd>, distance: number | null = 0.3) =>
  reasonsAgainst([scoreTransition({ ...HOUSE, ...out }, { ...HOUSE, ...into }, distance)], 0.75).map(({ code }) => code)

test('each part that ruins a transition is named, the weightiest first', () => {
  expect(codesOf({}, {})).toEqual([])
  expect(codesOf({}, { camelot: '3B' })).toEqual(['keys-clash'])
  expect(codesOf({}, { tempoBpm: 140 })).toEqual(['tempi-apart'])
  expect(codesOf({ voice: 1 }, { voice: 0.95 })).toEqual(['two-voices'])
  expect(codesOf({ energy: 0.1 }, { energy: 0.6, camelot: '3B' })).toEqual(['keys-clash', 'energy-step'])
  expect(codesOf({ bass: 1 }, { bass: 1, tempoBpm: 140 })).toEqual(['tempi-apart', 'two-basses'])
  expect(codesOf({}, { camelot: '3B' }, 2)).toEqual(['sounds-apart', 'keys-clash'])
})

test('sentences say what a DJ would say', () => {
  const sentences = (out: Partial<TransitionEnd>, into: Partial<TransitionEnd>): readonly string[] =>
    reasonsAgainst([scoreTransition({ ...HOUSE, ...out }, { ...HOUSE, ...into }, null)], 1).map(
      ({ sentence }) => sentence,
    )
  expect(sentences({}, { camelot: '3B', tempoBpm: 130.2 })).toEqual([
    'Their keys clash: 8A and 3B.',
    'Their tempi are 5.0 % apart: 124.0 and 130.2 BPM.',
  ])
  expect(sentences({ tuningCents: 0 }, { tuningCents: 50 })).toEqual(['Both are in 8A, but tuned apart.'])
  expect(sentences({ energy: 0.9 }, { energy: 0.5 })).toEqual(['The energy drops too far.'])
  expect(sentences({ voice: 0.5 }, { voice: 0.8 })).toEqual(['Two voices would sing at once, for 50 % of it.'])
})

test('no window at all, nothing known, and nothing in particular are reasons too', () => {
  expect(reasonsAgainst([], 0.5)[0]!.code).toBe('no-window')
  expect(reasonsAgainst([{ score: null, parts: [] }], 0.5)[0]!.code).toBe('unknown')
  expect(codesOf({ energy: 0.5 }, { energy: 0.55, camelot: '9A', tempoBpm: 125.5 }, 0.8)).toEqual([])
  const near = [scoreTransition(HOUSE, { ...HOUSE, camelot: '9A', energy: 0.55 }, 0.8)]
  expect(reasonsAgainst(near, 0.99).map(({ code }) => code)).toEqual(['all-a-little'])
})
