import { expect, test } from 'vitest'
import type { Point, Scene } from './gesture.ts'
import { paint } from './paint.ts'
import { labelOf, makeScene, pointAt } from './scene.fixture.ts'

const scene = makeScene()
const begun = (point: Point, seen: Scene = scene) => paint.begin(point, seen).state!
/** From press to release, on the way once in the place of the release. */
const painted = (from: Point, to: Point, seen: Scene = scene) => {
  const moved = paint.move(begun(from, seen), to, seen)
  const { state, answer } = paint.end(moved.state!, to, seen)
  return { shown: moved.answer.preview, state, answer, labels: answer.finished?.edit(seen.labels) }
}

test('a press moves the playhead to where it is, and paints nothing yet', () => {
  expect(paint.begin(pointAt(40.3), scene).answer).toEqual({ seekBeat: 40.3 })
})

test('a hand that trembles does not paint', () => {
  const pressed = begun(pointAt(40))
  const moved = paint.move(pressed, pointAt(40.4), scene)
  expect(moved).toEqual({ state: pressed, answer: {} })
  expect(paint.end(moved.state!, pointAt(40.4), scene)).toEqual({ state: null, answer: {} })
})

test('once it was moved far enough, the way back to the press paints too', () => {
  const away = paint.move(begun(pointAt(40)), pointAt(50), scene)
  const back = paint.move(away.state!, pointAt(40.3), scene)
  expect(back.state).toMatchObject({ isMoved: true })
  expect(back.answer.preview).toEqual(scene.labels)
})

test('what is shown on the way is what the release keeps, whichever way the hand went', () => {
  const wanted = [labelOf('intro', 0, 32), labelOf('break', 36, 56), labelOf('drop', 64, 96)]
  for (const [from, to] of [
    [36.2, 55.7],
    [55.7, 36.2],
  ] as const) {
    const { shown, state, answer, labels } = painted(pointAt(from), pointAt(to))
    expect(shown).toEqual(wanted)
    expect(labels).toEqual(wanted)
    expect(state).toBeNull()
    expect(answer.preview).toBeNull()
    expect(answer.finished).toMatchObject({ name: 'break, bars 10–14', selectedBeat: 36 })
  }
})

test('a drag snaps to bars, and to single beats where these are meant', () => {
  const [from, to] = [pointAt(37.1), pointAt(54.9)]
  const far = makeScene({ pixelsPerBeat: 4 })
  expect(painted(from, to, far).answer.finished?.name).toBe('break, bars 10–14')
  expect(painted(from, to, { ...far, snap: 'beat' }).answer.finished?.name).toBe('break, bars 10.2 to 14.4')
  const fine = painted({ ...from, isFine: true }, { ...to, isFine: true }, far)
  expect(fine.answer.finished?.name).toBe('break, bars 10.2 to 14.4')
})

test('painting over labels trims them, and a span that is too short changes nothing', () => {
  expect(painted(pointAt(28), pointAt(72)).labels).toEqual([
    labelOf('intro', 0, 28),
    labelOf('break', 28, 72),
    labelOf('drop', 72, 96),
  ])
  const beats = makeScene({ snap: 'beat' })
  expect(painted(pointAt(40), pointAt(43), beats).labels).toEqual(beats.labels)
})

test('a gesture that is cancelled shows nothing more', () => {
  expect(paint.cancel()).toEqual({ state: null, answer: { preview: null } })
})
