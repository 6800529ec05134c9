import { expect, test } from 'vitest'
import type { Point } from './gesture.ts'
import { makeScene, pointAt } from './scene.fixture.ts'
import { select } from './select.ts'

const ghost = {
  id: 'g',
  kind: 'build',
  startBeat: 24,
  endBeat: 64,
  confidence: 0.7,
  runnerUp: 'break',
  importedFrom: null,
} as const
const selectionAt = (beat: number, lane: Point['lane'], ghosts = [ghost]) =>
  select.begin(pointAt(beat, { lane }), makeScene({ ghosts })).answer.selection

test('a press selects the label under it, from its first beat up to the one before its end', () => {
  expect(selectionAt(64, 'labels')).toEqual({ selectedBeat: 64, selectedGhost: null })
  expect(selectionAt(95.9, 'sound')).toEqual({ selectedBeat: 64, selectedGhost: null })
  expect(selectionAt(96, 'labels')).toEqual({ selectedBeat: null, selectedGhost: null })
})

test('where there is no label, a press selects the suggestion', () => {
  expect(selectionAt(40, 'sound')).toEqual({ selectedBeat: null, selectedGhost: 'g' })
  expect(selectionAt(40, 'labels', [])).toEqual({ selectedBeat: null, selectedGhost: null })
})

test('where both are, the lane of suggestions means the suggestion', () => {
  expect(selectionAt(28, 'sound')).toEqual({ selectedBeat: 0, selectedGhost: null })
  expect(selectionAt(28, 'suggestions')).toEqual({ selectedBeat: null, selectedGhost: 'g' })
})

test('a selection is done with the press', () => {
  expect(select.begin(pointAt(1), makeScene()).state).toBeNull()
})
