import { expect, test } from 'vitest'
import { beatRows } from '../features/beat-context.ts'
import { prepareTrack } from '../features/track-context.ts'
import { predictProbabilities } from '../models/boosted-trees.ts'
import { paintLibrary } from '../sections/painted-track.fixture.ts'
import { boundaryTargets, trainBoundaryHead } from './train-boundaries.ts'

const toBoundaryTrack = (track: ReturnType<typeof paintLibrary>[number]) => ({
  context: prepareTrack(track.matrix, track.grid),
  labels: track.labels,
})

test('edges are positive, insides negative; neighbours of edges, ends and unlabelled beats are left out', () => {
  const { context } = toBoundaryTrack(paintLibrary(1, 1)[0]!)
  const labels = [
    { startBeat: 0, endBeat: 16 },
    { startBeat: 16, endBeat: 32 },
    { startBeat: 64, endBeat: 80 },
  ]
  const targets = boundaryTargets({ context, labels }, 1)
  expect([...targets].filter(([, isEdge]) => isEdge).map(([beat]) => beat)).toEqual([16, 32, 64, 80])
  const negatives = [...targets].filter(([, isEdge]) => !isEdge).map(([beat]) => beat)
  expect(negatives).toEqual([
    4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 67, 68, 69, 70, 71, 72, 73, 74, 75,
    76, 77,
  ])
})

test('doubtful beats are neither', () => {
  const { context } = toBoundaryTrack(paintLibrary(1, 1)[0]!)
  const labels = [
    { startBeat: 0, endBeat: 16 },
    { startBeat: 16, endBeat: 48 },
  ]
  const targets = boundaryTargets({ context, labels, doubtfulBeats: [16, 32.2] }, 1)
  expect(targets.has(16)).toBe(false)
  expect(targets.has(32)).toBe(false)
  expect(targets.has(31)).toBe(false)
  expect(targets.get(40)).toBe(false)
  expect(targets.get(48)).toBe(true)
})

test('learns to hear the edges of tracks it never saw', async () => {
  const head = (await trainBoundaryHead(paintLibrary(12, 20).map(toBoundaryTrack)))!
  for (const { context, labels } of paintLibrary(3, 70).map(toBoundaryTrack)) {
    const beats = Int32Array.from({ length: context.beats }, (_, beat) => beat)
    const probabilities = predictProbabilities(head.trees, beatRows(context, beats), beats.length)
    const atEdges = labels.slice(1).map(({ startBeat }) => probabilities[startBeat * 2 + 1]!)
    const middles = labels.map(
      ({ startBeat, endBeat }) => probabilities[Math.floor((startBeat + endBeat) / 2) * 2 + 1]!,
    )
    const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length
    expect(mean(atEdges)).toBeGreaterThan(0.5)
    expect(mean(middles)).toBeLessThan(0.1)
  }
})

test('without an edge there is nothing to learn', async () => {
  const track = toBoundaryTrack(paintLibrary(1, 3)[0]!)
  const whole = [{ startBeat: 0, endBeat: track.context.beats }]
  expect(await trainBoundaryHead([{ ...track, labels: whole }])).toBeNull()
  expect(await trainBoundaryHead([])).toBeNull()
})
