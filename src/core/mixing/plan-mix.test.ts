import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beatsToSeconds } from '../beats/beat-grid.ts'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { deckGains } from './mix-blocks.ts'
import { beatRatio, MIX_CURVES, type MixMove, moveOfWindow } from './mix-move.ts'
import { type MixedTrack, planMix } from './plan-mix.ts'
import { mixAt, sourceAt } from './time-map.ts'

const track = (bpm: number, beats = 400, first = 0): MixedTrack => ({
  title: `${bpm} BPM`,
  grid: constantGrid(bpm, beats, first),
  durationSeconds: first + (beats * 60) / bpm,
  loudnessLufs: -14,
  truePeakDb: -1,
})
const move: MixMove = { fromBeat: 256, toBeat: 32, beats: 64, curve: 'blend', bassSwapBeat: null, nudgeMs: 0 }
const codeOf = (plan: () => unknown): unknown => {
  try {
    plan()
    return null
  } catch (error) {
    return (error as { code?: string }).code
  }
}

const tempo = fc.double({ min: 70, max: 180, noNaN: true })
const moves = fc.record({
  fromBeat: fc.integer({ min: 0, max: 200 }),
  toBeat: fc.integer({ min: 0, max: 100 }),
  beats: fc.integer({ min: 1, max: 128 }),
  curve: fc.constantFrom(...MIX_CURVES),
  bassSwapBeat: fc.constant(null),
  nudgeMs: fc.constant(0),
})

test('in the window every beat of the one lies on a beat of the other, and around it both play as recorded', () => {
  fc.assert(
    fc.property(tempo, tempo, moves, fc.double({ min: 0, max: 1, noNaN: true }), (one, other, played, first) => {
      const [from, to] = [track(one), track(other, 400, first)]
      fc.pre(codeOf(() => beatRatio(from.grid, to.grid, played)) === null)
      const ratio = beatRatio(from.grid, to.grid, played)
      const mix = planMix([from, to], [played])
      const [out, into] = mix.decks.map(({ map }) => map)
      const overlap = mix.overlaps[0]!
      for (const [beat, seconds] of overlap.beatSeconds.entries()) {
        expect(mixAt(out!, beatsToSeconds(from.grid, played.fromBeat + beat))).toBeCloseTo(seconds, 9)
        expect(mixAt(into!, beatsToSeconds(to.grid, played.toBeat + beat * ratio))).toBeCloseTo(seconds, 9)
      }
      expect(overlap.beatSeconds).toHaveLength(played.beats + 1)
      expect(sourceAt(out!, overlap.startSeconds - 3)).toBeCloseTo(beatsToSeconds(from.grid, played.fromBeat) - 3, 9)
      const end = beatsToSeconds(to.grid, played.toBeat + played.beats * ratio)
      expect(sourceAt(into!, overlap.endSeconds + 3)).toBeCloseTo(end + 3, 9)
      expect(mix.seconds).toBeCloseTo(overlap.endSeconds + to.durationSeconds - end, 9)
    }),
  )
})

test('the tempo of a window glides from the one to the other', () => {
  const { overlaps } = planMix([track(120), track(130)], [move])
  const lengths = [...overlaps[0]!.beatSeconds].map((at, beat, all) => (all[beat + 1] ?? at) - at).slice(0, -1)
  expect(60 / lengths[0]!).toBeCloseTo(120, 0)
  expect(60 / lengths.at(-1)!).toBeCloseTo(130, 0)
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a))
})

test('half and double time lock two beats to one', () => {
  expect(beatRatio(track(87).grid, track(174.4).grid, move)).toBe(2)
  expect(beatRatio(track(174).grid, track(86.8).grid, move)).toBe(0.5)
  const span = (startBeat: number, endBeat: number) => ({ kind: null, startBeat, endBeat })
  const window = { style: 'outro to intro' as const, from: span(256, 288), to: span(0, 32) }
  // Eight bars of the faster one last as long as four of the slower.
  expect(moveOfWindow([track(87).grid, track(174).grid], window, false)).toMatchObject({
    fromBeat: 256,
    toBeat: 0,
    beats: 16,
  })
  const drop = { style: 'drop to drop' as const, from: span(256, 288), to: span(32, 64) }
  expect(moveOfWindow([track(87).grid, track(174).grid], drop, true)).toEqual({
    fromBeat: 272,
    toBeat: 32,
    beats: 16,
    curve: 'bass swap',
    bassSwapBeat: 8,
    nudgeMs: 0,
  })
})

test.each<[string, MixedTrack, MixedTrack, Partial<MixMove>, string]>([
  ['a window before the track', track(120), track(125), { fromBeat: -4 }, 'TRANSITION_INVALID'],
  ['a window behind the track', track(120), track(125), { fromBeat: 380 }, 'TRANSITION_INVALID'],
  ['a window behind the next track', track(120), track(125), { toBeat: 380 }, 'TRANSITION_INVALID'],
  ['no beat', track(120), track(125), { beats: 0 }, 'TRANSITION_INVALID'],
  ['no number', track(120), track(125), { beats: Number.NaN }, 'TRANSITION_INVALID'],
  ['a nudge of a second', track(120), track(125), { nudgeMs: 1000 }, 'TRANSITION_INVALID'],
  ['a bass swap outside of the window', track(120), track(125), { bassSwapBeat: 65 }, 'TRANSITION_INVALID'],
  ['a third of the tempo', track(60), track(185), {}, 'TEMPI_TOO_FAR'],
  ['a tempo of 0', track(0), track(125), {}, 'TEMPI_TOO_FAR'],
  ['no tempo at all', track(120), track(Number.NaN), {}, 'TEMPI_TOO_FAR'],
])('%s is told', (_, one, other, change, code) => {
  expect(codeOf(() => planMix([one, other], [{ ...move, ...change }]))).toBe(code)
})

test('a track that goes out before it has come in is told by its title', () => {
  const tracks = [track(120), track(121), track(122)]
  expect(() => planMix(tracks, [move, { ...move, fromBeat: 60 }])).toThrow('121 BPM goes out before it has come in')
  expect(codeOf(() => planMix(tracks, [move]))).toBe('TRANSITION_INVALID')
})

test('two tracks have the power of one all through a blend, and only one bass sounds when basses are swapped', () => {
  const at = (curve: MixMove['curve'], share: number) => {
    const mix = planMix([track(120), track(120)], [{ ...move, curve, bassSwapBeat: curve === 'bass swap' ? 32 : null }])
    const { startSeconds, endSeconds } = mix.overlaps[0]!
    const seconds = startSeconds + share * (endSeconds - startSeconds)
    return [deckGains(mix, 0, seconds), deckGains(mix, 1, seconds)] as const
  }
  for (let share = 0; share < 1; share += 0.05) {
    for (const curve of MIX_CURVES) {
      const [out, into] = at(curve, share)
      expect(out.rest ** 2 + into.rest ** 2).toBeCloseTo(1, 9)
      expect(out.bass ** 2 + into.bass ** 2).toBeCloseTo(1, 9)
    }
    if (Math.abs(share - 0.5) > 0.02)
      expect(at('bass swap', share).map(({ bass }) => bass)).toEqual(share < 0.5 ? [1, 0] : [0, 1])
    expect(at('cut', share).map(({ rest }) => rest)).toEqual([1, 0])
  }
})

test('tracks come to one loudness, and none is turned up into its peaks', () => {
  const loud = { ...track(120), loudnessLufs: -8 }
  const quiet = { ...track(120), loudnessLufs: -24, truePeakDb: -4 }
  const unknown = { ...track(120), loudnessLufs: null }
  const gains = planMix([loud, quiet, unknown], [move, move]).decks.map(({ gain }) => 20 * Math.log10(gain))
  const byHand = planMix(
    [
      { ...loud, trimDb: 2 },
      { ...quiet, trimDb: -4.5 },
    ],
    [move],
  ).decks
  expect(byHand.map(({ gain }) => 20 * Math.log10(gain))).toEqual([-4, -1.5].map((db) => expect.closeTo(db, 6)))
  expect(gains).toEqual([-6, 3, 0].map((db) => expect.closeTo(db, 6)))
})
