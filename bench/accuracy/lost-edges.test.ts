import { expect, test } from 'vitest'
import { causesOf, type EdgesOfTrack, extrasOf } from './lost-edges.ts'

/** A beat lasts half a second, and the sound changes clearly at every 64th. */
const edge = (beat: number): { time: number; beat: number } => ({ time: beat / 2, beat })
const track = (truth: readonly number[], found: readonly number[], candidates = found): EdgesOfTrack => ({
  source: 'here',
  beatsPerBar: 4,
  firstDownbeat: 0,
  truth: truth.map(edge),
  ignored: [250],
  found: found.map(edge),
  candidates: candidates.map((beat) => beat / 2),
  changeAt: (beat) => (beat % 128 === 0 ? 1.2 : beat % 64 === 0 ? 0.8 : 0.1),
})

test('each true edge is found, beside one that was taken instead, or missed for a reason', () => {
  const lost = track([32, 66, 104, 140, 192, 240, 288], [32, 64, 96, 128], [192, 240])
  expect(causesOf(lost)).toEqual([
    'found',
    'off the bars of our grid',
    '1–2 bars off',
    '3–4 bars off',
    'outvoted, clear',
    'outvoted, faint',
    'no candidate',
  ])
})

test('an edge too many lies where the truth leaves it open, near a true one, or on a change of some strength', () => {
  expect(extrasOf(track([16], [16, 28, 300, 64, 128, 500]))).toEqual([
    'near a true edge',
    'faint',
    'clear',
    'strong',
    'left open by the truth',
  ])
})
