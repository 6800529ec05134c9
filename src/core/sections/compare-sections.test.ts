import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SECTION_KINDS, type SectionKind } from '../labels/section-kind.ts'
import { compareSections } from './compare-sections.ts'

type Reading = Parameters<typeof compareSections>[0]
const reading = (...spans: readonly (readonly [SectionKind, number, number])[]): Reading =>
  spans.map(([kind, startBeat, endBeat]) => ({ kind, startBeat, endBeat }))

test('an edge that moved and a kind that changed are each told once, and what only one names is not compared', () => {
  const one = reading(['intro', 0, 32], ['build', 32, 48], ['drop', 48, 96], ['outro', 96, 128])
  const other = reading(['intro', 0, 32], ['build', 32, 52], ['drop', 52, 80], ['break', 80, 96])
  expect(compareSections(one, other)).toEqual({
    differences: [
      { startBeat: 48, endBeat: 52, one: 'drop', other: 'build' },
      { startBeat: 80, endBeat: 96, one: 'drop', other: 'break' },
    ],
    comparedBeats: 96,
    changedBeats: 20,
  })
})

test('two spans of a kind beside one of another are one difference', () => {
  const one = reading(['drop', 0, 16], ['drop', 16, 32])
  expect(compareSections(one, reading(['verse', 0, 32])).differences).toEqual([
    { startBeat: 0, endBeat: 32, one: 'drop', other: 'verse' },
  ])
})

const BEATS = 40
const anyReading = fc
  .array(fc.tuple(fc.constantFrom(...SECTION_KINDS, null), fc.integer({ min: 1, max: 9 })), { maxLength: 8 })
  .map((parts) => {
    let at = 0
    return parts.flatMap(([kind, length]) => {
      const startBeat = at
      at = Math.min(BEATS, at + length)
      return kind === null || startBeat === at ? [] : [{ kind, startBeat, endBeat: at }]
    })
  })
const kindAt = (spans: Reading, beat: number): SectionKind | undefined =>
  spans.find(({ startBeat, endBeat }) => startBeat <= beat && beat < endBeat)?.kind

test('it is what a look at every single beat gives', () => {
  fc.assert(
    fc.property(anyReading, anyReading, (one, other) => {
      const { differences, changedBeats, comparedBeats } = compareSections(one, other)
      let [changed, compared] = [0, 0]
      for (let beat = 0; beat < BEATS; beat++) {
        const [mine, theirs] = [kindAt(one, beat), kindAt(other, beat)]
        const told = differences.find(({ startBeat, endBeat }) => startBeat <= beat && beat < endBeat)
        if (mine && theirs) compared++
        const isChanged = mine !== undefined && theirs !== undefined && mine !== theirs
        if (isChanged) changed++
        expect(told && [told.one, told.other]).toEqual(isChanged ? [mine, theirs] : undefined)
      }
      expect([changedBeats, comparedBeats]).toEqual([changed, compared])
    }),
  )
})
