import { expect, test } from 'vitest'
import { beatsToSeconds } from '../../../core/beats/beat-grid.ts'
import type { Point } from './gesture.ts'
import { moveGrid } from './move-grid.ts'
import { makeScene, pointAt } from './scene.fixture.ts'

const scene = makeScene()
const onBars = (beat: number): Point => pointAt(beat, { lane: 'bars' })
const begun = moveGrid.begin(onBars(16), scene).state!

test('only the numbers of the bars are taken hold of, and the press changes nothing', () => {
  expect(moveGrid.begin(onBars(16), scene).answer).toEqual({})
  for (const lane of ['sound', 'labels', 'suggestions'] as const)
    expect(moveGrid.begin(pointAt(16, { lane }), scene).state).toBeNull()
})

test('the grid goes along with the hand, and is kept as far as it went', () => {
  const moved = moveGrid.move(begun, onBars(16.5), scene)
  expect(beatsToSeconds(moved.answer.previewGrid!, 0)).toBeCloseTo(0.25, 9)
  expect(moveGrid.end(moved.state!, onBars(16.5), scene)).toEqual({
    state: null,
    answer: { previewGrid: null, gridEdit: { kind: 'nudge', seconds: 0.25 } },
  })
  expect(moveGrid.end(moved.state!, onBars(15), scene).answer.gridEdit).toEqual({ kind: 'nudge', seconds: -0.5 })
})

test('a hand that trembles moves no grid: a click goes to its place', () => {
  const moved = moveGrid.move(begun, onBars(16.3), scene)
  expect(moved.answer).toEqual({})
  expect(moveGrid.end(moved.state!, onBars(16.3), scene)).toEqual({ state: null, answer: { seekBeat: 16.3 } })
})

test('a gesture that is cancelled shows the grid as it was', () => {
  expect(moveGrid.cancel()).toEqual({ state: null, answer: { previewGrid: null } })
})
