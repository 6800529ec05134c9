import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areAsSeen, areSameNotes, changeNotes, NO_NOTES, tidyMyTags } from './track-notes.ts'

const some = { rating: 4, colour: 'red', comment: 'for the end', myTags: ['peak', 'vocal'] } as const

test('what is left out stays, and null takes away', () => {
  expect(changeNotes(some, { rating: 5 })).toEqual({ ...some, rating: 5 })
  expect(changeNotes(some, { rating: null, colour: null, comment: '  ' })).toEqual({ ...NO_NOTES, myTags: some.myTags })
})

test('tags are added and removed one by one, or set as a whole, whatever their case', () => {
  expect(changeNotes(some, { addTags: ['Warm up'], removeTags: ['PEAK'] }).myTags).toEqual(['vocal', 'Warm up'])
  expect(changeNotes(some, { addTags: ['Vocal'] }).myTags).toEqual(['peak', 'vocal'])
  expect(changeNotes(some, { myTags: [] }).myTags).toEqual([])
})

test('tags have no commas, no spare blanks and no doubles', () => {
  expect(tidyMyTags(['b, a ', '  A', 'late   night', ','])).toEqual(['a', 'b', 'late night'])
})

test('tidy tags stay as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 80 })), (tags) => {
      const tidy = tidyMyTags(tags)
      expect(tidyMyTags(tidy)).toEqual(tidy)
    }),
  )
})

test('notes are compared by what was looked at', () => {
  expect(areAsSeen(some, { rating: 4 })).toBe(true)
  expect(areAsSeen(some, { rating: null })).toBe(false)
  expect(areAsSeen(some, { myTags: ['peak'] })).toBe(false)
  expect(areAsSeen(some, {})).toBe(true)
  expect(areSameNotes(some, { ...some, myTags: [...some.myTags] })).toBe(true)
  expect(areSameNotes(some, NO_NOTES)).toBe(false)
})
