import { expect, test } from 'vitest'
import { prepareTrack } from '../features/track-context.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import type { SectionModel } from '../models/section-model.ts'
import { buildLattice } from './build-lattice.ts'
import type { TrackReading } from './read-track.ts'
import { findBestPath } from './segment-lattice.ts'
import { findStrongChanges } from './strong-changes.ts'

const grid = { beatsPerBar: 4, firstDownbeat: 0, firstPhrase: 0 }
const BEATS = 400

test('a step of the sound is one strong change, for spans that hold it well inside', () => {
  const changes = findStrongChanges(
    prepareTrack(
      wholeMatrix(BEATS, (beat) => (beat < 100 ? 0 : 1)),
      grid,
    ),
  )
  expect(changes.peaks).toEqual([100])
  const areIn = (startBeat: number, endBeat: number): boolean => changes.areIn({ startBeat, endBeat })
  expect(areIn(0, BEATS)).toBe(true)
  expect(areIn(60, 140)).toBe(true)
  expect([areIn(100, BEATS), areIn(0, 100), areIn(97, BEATS), areIn(0, 103)]).toEqual([false, false, false, false])
})

test('what rises slowly is no strong change', () => {
  const changes = findStrongChanges(
    prepareTrack(
      wholeMatrix(BEATS, (beat) => beat),
      grid,
    ),
  )
  expect(changes.peaks).toEqual([])
  expect(changes.areIn({ startBeat: 0, endBeat: BEATS })).toBe(false)
})

/** A reading to which everything is alike, and every boundary most unlikely. */
const readingOf = (nodes: readonly number[], changeAt: number): TrackReading => ({
  nodes,
  boundaries: new Float32Array(BEATS).fill(1e-6),
  beatSums: new Float64Array((BEATS + 1) * 2),
  spanLogs: new Float64Array(nodes.length ** 2 * 2),
  beatsPerBar: 4,
  songShare: 0,
  changes: { peaks: [changeAt], areIn: ({ startBeat, endBeat }) => startBeat < changeAt && changeAt < endBeat },
})
const model = {
  kinds: ['intro', 'drop'],
  durations: new Array(4).fill(new Array<number>(21).fill(1 / 21)),
  order: new Array(6).fill(new Array<number>(3).fill(1 / 3)),
  kindShares: [
    [1, 1],
    [1, 1],
  ],
} as unknown as SectionModel
const edgesOf = (reading: TrackReading): number[] =>
  findBestPath(buildLattice(model, reading))!.segments.map(({ from }) => reading.nodes[from]!)

test('a section of more than 48 bars is cut at a strong change, however unlikely the boundary; a shorter one is not', () => {
  expect(edgesOf(readingOf([0, 150, BEATS], 150))).toEqual([0, 150])
  expect(edgesOf(readingOf([0, 100, 150, BEATS], 0))).toEqual([0])
  expect(edgesOf(readingOf([0, 90, 192], 90))).toEqual([0])
})
