import { expect, test } from 'vitest'
import { pan } from './pan.ts'

const scene = { view: { from: 10, to: 30 }, durationSeconds: 100 }

test('a press centres the view there and moves the playhead', () => {
  expect(pan.begin(60, scene)).toEqual({
    state: { before: scene.view },
    answer: { view: { from: 50, to: 70 }, seekSeconds: 60 },
  })
})

test('the view goes along with the hand, which leaves the playhead alone', () => {
  const { state } = pan.begin(60, scene)
  expect(pan.move(state!, 70, scene)).toEqual({ state, answer: { view: { from: 60, to: 80 } } })
})

test('the view stays within the track', () => {
  expect(pan.begin(2, scene).answer.view).toEqual({ from: 0, to: 20 })
  expect(pan.begin(99, scene).answer.view).toEqual({ from: 80, to: 100 })
})

test('a release keeps the view, and a cancelled gesture gives back the one before', () => {
  const { state } = pan.begin(60, scene)
  expect(pan.end()).toEqual({ state: null, answer: {} })
  expect(pan.cancel(state!)).toEqual({ state: null, answer: { view: scene.view } })
})
