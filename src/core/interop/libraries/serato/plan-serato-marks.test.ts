import { expect, test } from 'vitest'
import { planSeratoMarks, type WantedMark } from './plan-serato-marks.ts'
import { NO_MARKS, type SeratoMarks } from './serato-marks.ts'

const point = (startSeconds: number, name = 'Drop'): WantedMark => ({
  startSeconds,
  endSeconds: null,
  name,
  colour: null,
})
const before: SeratoMarks = {
  ...NO_MARKS,
  trackColour: 0xff9999,
  isGridLocked: true,
  cues: [
    { pad: 0, startMs: 1000, colour: 0x00cc00, name: 'Mine' },
    { pad: 2, startMs: 9000, colour: 0x00cc00, name: '' },
  ],
  loops: [{ slot: 0, startMs: 0, endMs: 2000, isLocked: true, name: 'Mine' }],
}

test('extending leaves what is there as it is and takes the places that are free, the most important first', () => {
  const loop: WantedMark = { startSeconds: 4, endSeconds: 8, name: 'Build', colour: null }
  const { marks, written, skipped } = planSeratoMarks(
    before,
    [point(20), loop, point(9, 'There already'), point(30)],
    'extend',
  )
  expect(marks.cues).toEqual([
    before.cues[0],
    { pad: 1, startMs: 20_000, colour: 0xcc8800, name: 'Drop' },
    before.cues[1],
    { pad: 3, startMs: 30_000, colour: 0xcccc00, name: 'Drop' },
  ])
  expect(marks.loops).toEqual([
    before.loops[0],
    { slot: 1, startMs: 4000, endMs: 8000, isLocked: false, name: 'Build' },
  ])
  expect(written).toBe(3)
  expect(skipped.map(({ name }) => name)).toEqual(['There already'])
})

test('replacing takes cues and loops away, and keeps the colour of the track and the lock of its grid', () => {
  const { marks } = planSeratoMarks(before, [{ ...point(20), colour: '#c02626' }], 'replace')
  expect(marks).toEqual({
    cues: [{ pad: 0, startMs: 20_000, colour: 0xcc0000, name: 'Drop' }],
    loops: [],
    trackColour: 0xff9999,
    isGridLocked: true,
  })
})

test('what is more than eight is told', () => {
  const wanted = Array.from({ length: 11 }, (_, index) => point(index, `${index}`))
  const { marks, skipped } = planSeratoMarks(NO_MARKS, wanted, 'replace')
  expect(marks.cues.map(({ name }) => name)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
  expect(skipped.map(({ name }) => name)).toEqual(['8', '9', '10'])
})
