import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyGridEdit } from './apply-grid-edit.ts'
import { type BeatGrid, beatsToSeconds, beatTimes, secondsToBeats } from './beat-grid.ts'
import { beginPhrases, phraseFrom } from './begin-phrases.ts'
import { carrySpan } from './carry-span.ts'
import { DURATION, expectContract, GRID, grids } from './edited-grids.fixture.ts'
import { moveHalfBeat, nudge, reAnchor, setMetre, shiftDownbeat, shiftPhrase } from './grid-edits.ts'
import { doubleTempo, halveTempo, pinBeat, setTempo } from './tempo-edits.ts'

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
    fc.property(
      grids,
      fc.integer({ min: -9, max: 9 }),
      fc.double({ min: 1, max: 199, noNaN: true }),
      (plain, n, at) => {
        expectContract(plain)
        // Phrases that begin anew go along with every edit.
        const grid = beginPhrases(plain, [0.9 * at, at, at + (199.5 - at) / 2], DURATION)
        expectContract(grid)
        expectContract(shiftDownbeat(grid, n))
        expectContract(shiftPhrase(grid, n))
        expectContract(doubleTempo(grid, DURATION))
        expectContract(halveTempo(grid, DURATION))
        expectContract(nudge(grid, n / 7, DURATION))
        expectContract(setTempo(grid, { bpm: 100 + n, seconds: at, durationSeconds: DURATION }))
        expectContract(reAnchor(grid, { seconds: at, as: 'downbeat', durationSeconds: DURATION }))
        expectContract(moveHalfBeat(grid, { direction: n < 0 ? 'earlier' : 'later' }, DURATION))
        expectContract(setMetre(grid, { beatsPerBar: 2 + Math.abs(n % 6), seconds: at, durationSeconds: DURATION }))
        if (at > 8) expectContract(pinBeat(plain, at, DURATION))
      },
    ),
  )
})

test('a phrase can begin anew anywhere, also where rounding has put the first beat before the track', () => {
  const early = { ...GRID, anchors: [{ beat: 0, seconds: -3e-18, bpm: 120 }], firstDownbeat: 0, firstPhrase: 0 }
  const { laterPhrases } = applyGridEdit(early, phraseFrom(early, 10), DURATION)
  expect(laterPhrases).toEqual([20])
})

test('before the first beat a phrase begins with it, however near the one before would be', () => {
  const grid = { ...GRID, anchors: [{ beat: 0, seconds: 0.35, bpm: 120 }], firstDownbeat: 2, firstPhrase: 2 }
  for (const edit of [phraseFrom(grid, 0), { kind: 'phrases', seconds: [0] } as const])
    expect(applyGridEdit(grid, edit, DURATION)).toMatchObject({ firstDownbeat: 0, firstPhrase: 0 })
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

test('half a beat later puts every beat in the middle between two, also where the tempo changes, and earlier takes it back', () => {
  fc.assert(
    fc.property(grids, (grid) => {
      const moved = moveHalfBeat(grid, { direction: 'later' }, DURATION)
      const offset = Math.round(secondsToBeats(moved, beatsToSeconds(grid, 0.5)))
      for (const beat of [0, 1, 40, 64, 65, 80])
        expect(beatsToSeconds(moved, beat + offset)).toBeCloseTo(beatsToSeconds(grid, beat + 0.5), 6)
      expectSameBeats(moveHalfBeat(moved, { direction: 'earlier' }, DURATION), grid)
    }),
  )
})

test('a grid that drifts is right everywhere once its first and its last beat are put in place', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 80, max: 180, noNaN: true }),
      fc.double({ min: -0.0008, max: 0.0008, noNaN: true }),
      fc.double({ min: -0.1, max: 0.1, noNaN: true }),
      (bpm, drift, late) => {
        const truth = { ...GRID, anchors: [{ beat: 0, seconds: 0.25, bpm }] }
        const wrong = { ...GRID, anchors: [{ beat: 0, seconds: 0.25 + late, bpm: bpm * (1 + drift) }] }
        const last = beatsToSeconds(truth, Math.floor(secondsToBeats(truth, 190)))
        const placed = reAnchor(wrong, { seconds: 0.25, as: 'beat', durationSeconds: DURATION })
        const pinned = pinBeat(placed, last, DURATION)
        for (const beat of [0, 17, 100, 200])
          expect(beatsToSeconds(pinned, beat + Math.round(secondsToBeats(pinned, 0.25)))).toBeCloseTo(
            beatsToSeconds(truth, beat),
            6,
          )
      },
    ),
  )
})

test('a third place bends the grid between two that stay where they are', () => {
  const placed = pinBeat({ ...GRID, anchors: [{ beat: 0, seconds: 0, bpm: 120 }] }, 100.2, DURATION)
  const bent = pinBeat(placed, 50.3, DURATION)
  expect(bent.anchors.map(({ beat, seconds }) => [beat, seconds])).toEqual([
    [0, 0],
    [100, 50.3],
    [200, 100.2],
  ])
  expect(beatsToSeconds(bent, 200)).toBeCloseTo(100.2, 9)
  expect(beatsToSeconds(bent, 50)).toBeCloseTo(25.15, 9)
  expect(bent.tempoConfidence).toBe(1)
})

test('three to the bar from a beat on: it begins a bar and a phrase of twelve', () => {
  const waltz = setMetre(GRID, { beatsPerBar: 3, seconds: 2.51, durationSeconds: DURATION })
  expect(waltz).toMatchObject({ beatsPerBar: 3, firstDownbeat: 2, firstPhrase: 5, downbeatConfidence: 1 })
  expect(() => setMetre(GRID, { beatsPerBar: 8, seconds: 1, durationSeconds: DURATION })).toThrow(/2 to 7 beats/)
})

test('an edit settles the doubts that it answers, and leaves the others', () => {
  const alternatives: BeatGrid['alternatives'] = [
    { doubt: 'tempo', edit: { kind: 'halve' }, probability: 0.4 },
    { doubt: 'phase', edit: { kind: 'half-beat', direction: 'later' }, probability: 0.3 },
    { doubt: 'bars', edit: { kind: 'shift', beats: 1 }, probability: 0.2 },
  ]
  const doubts = (grid: BeatGrid) => grid.alternatives?.map(({ doubt }) => doubt)
  const grid = { ...GRID, alternatives }
  expect(doubts(shiftDownbeat(grid, 1))).toEqual(['tempo', 'phase'])
  expect(doubts(nudge(grid, 0.01, DURATION))).toEqual(['tempo', 'bars'])
  expect(doubts(shiftPhrase(grid, 1))).toEqual(['tempo', 'phase', 'bars'])
  expect(halveTempo(grid, DURATION)).not.toHaveProperty('alternatives')
})

test('after re-anchoring a downbeat lies at the time, and the grid moved by half a beat at most', () => {
  fc.assert(
    fc.property(grids, fc.double({ min: 1, max: 199, noNaN: true }), (grid, seconds) => {
      const moved = reAnchor(grid, { seconds, as: 'downbeat', durationSeconds: DURATION })
      const beat = secondsToBeats(moved, seconds)
      expect(beat).toBeCloseTo(Math.round(beat), 6)
      expect((((Math.round(beat) - moved.firstDownbeat) % 4) + 4) % 4).toBe(0)
      const renumbered = Math.round(beat) - Math.round(secondsToBeats(grid, seconds))
      const shift = beatsToSeconds(moved, 5 + renumbered) - beatsToSeconds(grid, 5)
      expect(Math.abs(shift)).toBeLessThanOrEqual(0.5 + 1e-9)
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
