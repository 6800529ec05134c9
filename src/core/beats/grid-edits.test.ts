import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BeatGrid, beatsToSeconds, beatTimes, secondsToBeats } from './beat-grid.ts'
import {
  carrySpan,
  doubleTempo,
  halveTempo,
  nudge,
  reAnchor,
  setTempo,
  shiftDownbeat,
  shiftPhrase,
} from './grid-edits.ts'

const DURATION = 200

/** Grids that keep the contract: beat 0 is the first in the track, the count fits the duration, and there are one or two tempi. */
const grids = fc
  .record({
    bpm: fc.double({ min: 60, max: 200, noNaN: true }),
    phase: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    phrase: fc.integer({ min: 0, max: 15 }),
    secondBpm: fc.option(fc.double({ min: 60, max: 200, noNaN: true }), { nil: null }),
  })
  .map(({ bpm, phase, phrase, secondBpm }): BeatGrid => {
    const seconds = (phase * 60) / bpm
    const anchors = [{ beat: 0, seconds, bpm }]
    if (secondBpm !== null) anchors.push({ beat: 64, seconds: seconds + (64 * 60) / bpm, bpm: secondBpm })
    return {
      anchors,
      beatCount: Math.ceil(secondsToBeats({ anchors }, DURATION)),
      beatsPerBar: 4,
      firstDownbeat: phrase % 4,
      firstPhrase: phrase,
      tempoConfidence: 0.5,
      downbeatConfidence: 0.5,
      phraseConfidence: 0.5,
    }
  })

const expectContract = (grid: BeatGrid): void => {
  const times = beatTimes(grid)
  expect(times[0]).toBeGreaterThanOrEqual(-1e-6)
  expect(beatsToSeconds(grid, -1)).toBeLessThan(0)
  expect(times.at(-1)!).toBeLessThan(DURATION)
  expect(beatsToSeconds(grid, grid.beatCount)).toBeGreaterThanOrEqual(DURATION - 2e-6)
  expect(grid.firstPhrase % grid.beatsPerBar).toBe(grid.firstDownbeat)
  expect(grid.firstPhrase).toBeLessThan(4 * grid.beatsPerBar)
}

const expectSameBeats = (a: BeatGrid, b: BeatGrid): void => {
  const [left, right] = [beatTimes(a), beatTimes(b)]
  expect(left.length).toBe(right.length)
  left.forEach((time, beat) => {
    expect(time).toBeCloseTo(right[beat]!, 9)
  })
  expect(a.firstDownbeat).toBe(b.firstDownbeat)
}

test('every edit keeps the contract', () => {
  fc.assert(
    fc.property(grids, fc.integer({ min: -9, max: 9 }), fc.double({ min: 1, max: 199, noNaN: true }), (grid, n, at) => {
      expectContract(grid)
      expectContract(shiftDownbeat(grid, n))
      expectContract(shiftPhrase(grid, n))
      expectContract(doubleTempo(grid, DURATION))
      expectContract(halveTempo(grid, DURATION))
      expectContract(nudge(grid, n / 7, DURATION))
      expectContract(setTempo(grid, { bpm: 100 + n, seconds: at, durationSeconds: DURATION }))
      expectContract(reAnchor(grid, { seconds: at, as: 'downbeat', durationSeconds: DURATION }))
    }),
  )
})

test('halving undoes doubling', () => {
  fc.assert(
    fc.property(grids, (grid) => {
      const back = halveTempo(doubleTempo(grid, DURATION), DURATION)
      expectSameBeats(back, grid)
      // A phrase lasts half as long at twice the tempo, so the phrase start returns modulo half a phrase.
      expect(back.firstPhrase % 8).toBe(grid.firstPhrase % 8)
    }),
  )
})

test('doubling keeps every beat and downbeat, and adds the middle between beats', () => {
  fc.assert(
    fc.property(grids, fc.integer({ min: 0, max: 30 }), (grid, beat) => {
      const doubled = doubleTempo(grid, DURATION)
      const at = secondsToBeats(doubled, beatsToSeconds(grid, beat))
      expect(at).toBeCloseTo(Math.round(at), 6)
      expect(secondsToBeats(doubled, beatsToSeconds(grid, beat + 0.5))).toBeCloseTo(Math.round(at) + 1, 6)
      const downbeat = secondsToBeats(doubled, beatsToSeconds(grid, grid.firstDownbeat))
      expect((Math.round(downbeat) - doubled.firstDownbeat) % 4).toBe(0)
    }),
  )
})

test('shifting and nudging back restores the grid', () => {
  fc.assert(
    fc.property(grids, fc.integer({ min: -9, max: 9 }), (grid, n) => {
      expectSameBeats(shiftDownbeat(shiftDownbeat(grid, n), -n), grid)
      expect(shiftPhrase(shiftPhrase(grid, n), -n).firstPhrase).toBe(grid.firstPhrase)
      expectSameBeats(nudge(nudge(grid, n / 7, DURATION), -n / 7, DURATION), grid)
    }),
  )
})

test('after re-anchoring a downbeat lies at the time, and the grid moved by half a beat at most', () => {
  fc.assert(
    fc.property(grids, fc.double({ min: 1, max: 199, noNaN: true }), (grid, seconds) => {
      const moved = reAnchor(grid, { seconds, as: 'downbeat', durationSeconds: DURATION })
      const beat = secondsToBeats(moved, seconds)
      expect(beat).toBeCloseTo(Math.round(beat), 6)
      expect((((Math.round(beat) - moved.firstDownbeat) % 4) + 4) % 4).toBe(0)
      expect(Math.abs(moved.anchors[0]!.seconds - grid.anchors[0]!.seconds)).toBeLessThanOrEqual(0.5 + 1e-9)
    }),
  )
})

test('a tempo that is set holds everywhere, and the nearest beat keeps its time and its place in the bar', () => {
  fc.assert(
    fc.property(grids, fc.double({ min: 1, max: 199, noNaN: true }), (grid, seconds) => {
      const beat = Math.round(secondsToBeats(grid, seconds))
      const set = setTempo(grid, { bpm: 123.4, seconds, durationSeconds: DURATION })
      expect(set.anchors.map(({ bpm }) => bpm)).toEqual([123.4])
      const still = secondsToBeats(set, beatsToSeconds(grid, beat))
      expect(still).toBeCloseTo(Math.round(still), 6)
      const placeOf = ({ firstDownbeat }: BeatGrid, at: number): number => (((at - firstDownbeat) % 4) + 4) % 4
      expect(placeOf(set, Math.round(still))).toBe(placeOf(grid, beat))
    }),
  )
  const [grid] = fc.sample(grids, { numRuns: 1, seed: 1 })
  expect(() => setTempo(grid!, { bpm: 7, seconds: 1, durationSeconds: DURATION })).toThrow('7.00 BPM')
})

test('seconds and beats are inverse', () => {
  fc.assert(
    fc.property(grids, fc.double({ min: -3, max: DURATION, noNaN: true }), (grid, seconds) => {
      expect(beatsToSeconds(grid, secondsToBeats(grid, seconds))).toBeCloseTo(seconds, 9)
    }),
  )
})

const spans = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 4, max: 64 }))

test('a span carried to the same grid is itself', () => {
  fc.assert(
    fc.property(grids, spans, (grid, [startBeat, length]) => {
      const span = { startBeat, endBeat: startBeat + length }
      expect(carrySpan(span, grid, grid)).toEqual(span)
    }),
  )
})

test('a span carried to an edited grid covers the same time to half a beat', () => {
  fc.assert(
    fc.property(grids, spans, (grid, [startBeat, length]) => {
      const span = { startBeat, endBeat: startBeat + length }
      for (const edited of [doubleTempo(grid, DURATION), halveTempo(grid, DURATION), nudge(grid, 0.05, DURATION)]) {
        const carried = carrySpan(span, grid, edited)
        const halfBeat = 30 / Math.min(...edited.anchors.map((anchor) => anchor.bpm)) + 1e-6
        // The first beat of a halved grid can lie one old beat in: a span that begins earlier starts there.
        const start = Math.max(beatsToSeconds(grid, span.startBeat), beatsToSeconds(edited, 0))
        expect(Math.abs(beatsToSeconds(edited, carried.startBeat) - start)).toBeLessThanOrEqual(halfBeat)
        expect(carried.endBeat).toBeGreaterThan(carried.startBeat)
      }
      const there = doubleTempo(grid, DURATION)
      expect(carrySpan(carrySpan(span, grid, there), there, grid)).toEqual(span)
    }),
  )
})

test('neighbours carried stay neighbours', () => {
  fc.assert(
    fc.property(grids, spans, (grid, [startBeat, length]) => {
      const edited = halveTempo(grid, DURATION)
      const first = carrySpan({ startBeat, endBeat: startBeat + length }, grid, edited)
      const second = carrySpan({ startBeat: startBeat + length, endBeat: startBeat + 2 * length }, grid, edited)
      expect(second.startBeat).toBe(first.endBeat)
    }),
  )
})

test('impossible edits say why', () => {
  const grid = fc.sample(grids, { numRuns: 1, seed: 1 })[0]!
  expect(() => shiftDownbeat(grid, 0.5)).toThrow('whole beats')
  expect(() => nudge(grid, Number.NaN, DURATION)).toThrow('cannot move')
  expect(() => reAnchor(grid, { seconds: 201, as: 'beat', durationSeconds: DURATION })).toThrow('outside the track')
  const slow = { ...grid, anchors: [{ beat: 0, seconds: 0.1, bpm: 30 }] }
  expect(() => halveTempo(slow, DURATION)).toThrow('15.00 BPM')
})
