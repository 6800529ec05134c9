import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  allowedWidth,
  COLUMNS,
  HEADINGS,
  leastWidthOf,
  moveColumn,
  placeAt,
  templateOf,
  toggleColumn,
  USUAL_COLUMNS,
} from './table-columns.ts'

test('a width of one’s own holds; others share what is left', () => {
  expect(templateOf(['title', 'bpm', 'year'], { bpm: 80 })).toBe('minmax(130px, 3fr) 80px 52px')
  expect(leastWidthOf(['title', 'bpm'], { bpm: 80 })).toBe(130 + 80 + 12 + 32)
  expect([allowedWidth(3), allowedWidth(99.6), allowedWidth(5000)]).toEqual([36, 100, 900])
})

test('a column appears after the one it usually follows, and the title cannot be hidden', () => {
  expect(toggleColumn(['title', 'bpm', 'status'], 'tag bpm')).toEqual(['title', 'bpm', 'tag bpm', 'status'])
  expect(toggleColumn(['status', 'title'], 'artist')).toEqual(['status', 'title', 'artist'])
  expect(toggleColumn(['title', 'bpm'], 'bpm')).toEqual(['title'])
  expect(toggleColumn(['title', 'bpm'], 'title')).toEqual(['title', 'bpm'])
})

test('a column moves to where it is let go', () => {
  expect(moveColumn(['title', 'artist', 'bpm'], 'title', 1)).toEqual(['artist', 'title', 'bpm'])
  expect(moveColumn(['title', 'artist', 'bpm'], 'bpm', 0)).toEqual(['bpm', 'title', 'artist'])
  expect(moveColumn(['title', 'artist', 'bpm'], 'artist', 9)).toEqual(['title', 'bpm', 'artist'])
  const headings = [
    { left: 0, right: 100 },
    { left: 112, right: 150 },
  ]
  expect([-5, 50, 105, 120, 400].map((x) => placeAt(headings, x))).toEqual([0, 0, 0, 1, 1])
})

test('hiding and moving lose no column and make none double', () => {
  const column = fc.constantFrom(...COLUMNS)
  fc.assert(
    fc.property(fc.shuffledSubarray([...COLUMNS]), column, fc.integer({ min: -3, max: 30 }), (shown, one, place) => {
      const columns = shown.includes(one) ? shown : [...shown, one]
      expect([...moveColumn(columns, one, place)].sort()).toEqual([...columns].sort())
      if (one !== 'title') expect(toggleColumn(toggleColumn(columns, one), one).toSorted()).toEqual(columns.toSorted())
    }),
  )
})

test('every sort of the server has its column, and what is usual is a part of all', () => {
  const sorts = COLUMNS.flatMap((column) => HEADINGS[column].sort ?? [])
  expect(new Set(sorts).size).toBe(COLUMNS.length - 1)
  expect(USUAL_COLUMNS.every((column) => COLUMNS.includes(column))).toBe(true)
})
