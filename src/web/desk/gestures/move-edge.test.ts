import { expect, test } from 'vitest'
import type { Point } from './gesture.ts'
import { moveEdge } from './move-edge.ts'
import { labelOf, makeScene, pointAt } from './scene.fixture.ts'

const scene = makeScene()
const onLabels = (beat: number): Point => pointAt(beat, { lane: 'labels' })
const gripAt = (point: Point, pixelsPerBeat = 10) =>
  moveEdge.begin(point, makeScene({ pixelsPerBeat })).state?.grip ?? null
const moved = (from: Point, to: Point) => {
  const { state, answer } = moveEdge.move(moveEdge.begin(from, scene).state!, to, scene)
  const { finished } = moveEdge.end(state!, to, scene).answer
  return { shown: answer.preview, labels: finished!.edit(scene.labels), finished: finished! }
}

test('the nearest edge within reach of the hand is taken hold of, below the sound only', () => {
  const [intro, drop] = scene.labels
  expect(gripAt(onLabels(32.6))).toEqual({ label: intro, edge: 'end' })
  expect(gripAt(onLabels(63.4))).toEqual({ label: drop, edge: 'start' })
  expect(gripAt(pointAt(63.4, { lane: 'suggestions' }))).toEqual({ label: drop, edge: 'start' })
  expect(gripAt(onLabels(33))).toBeNull()
  expect(gripAt(pointAt(32.6))).toBeNull()
  expect(gripAt(onLabels(33), 5)).toEqual({ label: intro, edge: 'end' })
})

test('of two edges the nearer one is taken', () => {
  const labels = [labelOf('intro', 0, 32), labelOf('drop', 33, 96)]
  expect(moveEdge.begin(onLabels(32.6), makeScene({ labels })).state?.grip).toEqual({ label: labels[1], edge: 'start' })
})

test('a press on an edge leaves the playhead where it is, and a click moves no edge', () => {
  const begun = moveEdge.begin(onLabels(32.2), scene)
  expect(begun.answer).toEqual({})
  expect(moveEdge.end(begun.state!, onLabels(32.2), scene)).toEqual({ state: null, answer: {} })
})

test('an edge goes along and is kept where it is let go, with its label selected', () => {
  const start = moved(onLabels(64), onLabels(48.3))
  expect(start.labels).toEqual([labelOf('intro', 0, 32), labelOf('drop', 48, 96)])
  expect(start.shown).toEqual(start.labels)
  expect(start.finished).toMatchObject({ name: 'start of the drop at 13.1', selectedBeat: 48 })
  const end = moved(onLabels(96), onLabels(112))
  expect(end.labels).toEqual([labelOf('intro', 0, 32), labelOf('drop', 64, 112)])
  expect(end.finished).toMatchObject({ name: 'end of the drop at 29.1', selectedBeat: 64 })
})

test('an edge goes only as far as its label stays long enough', () => {
  const { labels, finished } = moved(onLabels(64), onLabels(120))
  expect(labels).toEqual([labelOf('intro', 0, 32), labelOf('drop', 92, 96)])
  expect(finished.selectedBeat).toBe(92)
})

test('on labels that changed meanwhile, the edge of a label that is gone is left alone', () => {
  const others = [labelOf('outro', 64, 128)]
  expect(moved(onLabels(64), onLabels(48)).finished.edit(others)).toEqual(others)
})

test('a gesture that is cancelled shows nothing more', () => {
  expect(moveEdge.cancel()).toEqual({ state: null, answer: { preview: null } })
})
