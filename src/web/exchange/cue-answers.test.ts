import { expect, test } from 'vitest'
import { answerTo, withAnswer } from './cue-answers.ts'

const inRekordbox = { key: 'ooze', programs: ['rekordbox'] }
const inTraktor = { key: 'ooze', programs: ['Traktor'] }
const inBoth = { key: 'ooze', programs: ['rekordbox', 'Traktor'] }

test('an answer counts for the programs that it was given for, and is taken back for those alone', () => {
  const traktor = withAnswer([], inTraktor, 'drop')
  expect([answerTo(traktor, inTraktor), answerTo(traktor, inRekordbox), answerTo(traktor, inBoth)]).toEqual([
    'drop',
    undefined,
    undefined,
  ])
  const two = withAnswer(traktor, inRekordbox, null)
  expect([answerTo(two, inTraktor), answerTo(two, inRekordbox), answerTo(two, inBoth)]).toEqual([
    'drop',
    null,
    undefined,
  ])
  expect(withAnswer(two, inRekordbox, undefined)).toEqual(traktor)
  expect(answerTo(traktor, { ...inTraktor, key: 'wumm' })).toBeUndefined()
})

test('an answer for several programs takes the place of those for each, so that none is given twice', () => {
  const both = withAnswer(withAnswer([], inTraktor, 'drop'), inBoth, 'break')
  expect(both).toEqual([
    { key: 'ooze', program: 'rekordbox', kind: 'break' },
    { key: 'ooze', program: 'Traktor', kind: 'break' },
  ])
  expect([answerTo(both, inBoth), answerTo(both, inTraktor)]).toEqual(['break', 'break'])
  expect(withAnswer(both, inBoth, undefined)).toEqual([])
})
