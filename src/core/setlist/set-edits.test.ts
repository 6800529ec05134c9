import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparePlaces } from './compare-sets.ts'
import type { KeptSet, SetPlace } from './kept-set.ts'
import { MIX_STYLES } from './mix-styles.ts'
import { changeText } from './set-change.ts'
import {
  addPlace,
  chooseStyle,
  movePlace,
  newPlace,
  placesInOrder,
  removePlace,
  replacePlace,
  setTrim,
  toggleLock,
} from './set-edits.ts'

const places = (...ids: readonly number[]): readonly SetPlace[] => ids.map(newPlace)
const idsOf = (list: readonly SetPlace[]): readonly number[] => list.map(({ trackId }) => trackId)

test('a chosen way into the next track holds as long as that track is the next one', () => {
  const chosen = chooseStyle(places(1, 2, 3, 4), 1, 'quick cut')
  expect(removePlace(chosen, 3)[1]!.style).toBe('quick cut')
  expect(removePlace(chosen, 0)[0]!.style).toBe('quick cut')
  expect(removePlace(chosen, 2)[1]!.style).toBeNull()
  expect(movePlace(chosen, 3, 0)[2]!.style).toBe('quick cut')
  expect(addPlace(chosen, 2, 9)[1]!.style).toBeNull()
  expect(replacePlace(chosen, 2, 9)[1]!.style).toBeNull()
})

test('places are moved, added, replaced and locked by number; a track never stands twice', () => {
  const four = places(1, 2, 3, 4)
  expect(idsOf(movePlace(four, 0, 2))).toEqual([2, 3, 1, 4])
  expect(idsOf(movePlace(four, 3, 0))).toEqual([4, 1, 2, 3])
  expect(movePlace(four, 1, 9)).toBe(four)
  expect(addPlace(four, 2, 3)).toBe(four)
  expect(idsOf(addPlace(four, 99, 5))).toEqual([1, 2, 3, 4, 5])
  const locked = toggleLock(four, 1)
  expect(replacePlace(locked, 1, 7)[1]).toEqual({ trackId: 7, isLocked: true, style: null, trimDb: 0 })
  expect(toggleLock(locked, 1)).toEqual(four)
})

const anySet: fc.Arbitrary<readonly SetPlace[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 12 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((trackId) =>
        fc.record({
          trackId: fc.constant(trackId),
          isLocked: fc.boolean(),
          trimDb: fc.integer({ min: -12, max: 12 }),
          style: fc.option(fc.constantFrom(...MIX_STYLES)),
        }),
      ),
    ),
  )

test('whatever is edited, no track stands twice and no way leads into a track that it was not chosen for', () => {
  const edit = fc.tuple(fc.nat(6), fc.nat(14), fc.nat(14))
  fc.assert(
    fc.property(anySet, fc.array(edit, { maxLength: 20 }), (before, edits) => {
      let now = before
      for (const [kind, one, other] of edits) {
        const was: readonly SetPlace[] = now
        const kinds = [
          () => movePlace(was, one, other),
          () => removePlace(was, one),
          () => addPlace(was, one, other + 1),
          () => replacePlace(was, one, other + 1),
          () => toggleLock(was, one),
          () => placesInOrder(was, [...idsOf(was)].reverse()),
          () => setTrim(was, one, other - 3),
        ]
        now = kinds[kind]!()
        expect(new Set(idsOf(now)).size).toBe(now.length)
        // A trim belongs to the track, wherever it goes.
        for (const [at, { trackId, trimDb }] of now.entries()) {
          const stood = was.find((place) => place.trackId === trackId)
          expect(trimDb).toBe(kind === 6 && at === one ? other - 3 : (stood?.trimDb ?? 0))
        }
        for (const [at, { trackId, style }] of now.entries()) {
          if (style === null) continue
          const stood = was.findIndex((place) => place.trackId === trackId)
          expect(was[stood]!.style).toBe(style)
          expect(was[stood + 1]?.trackId).toBe(now[at + 1]?.trackId)
        }
      }
    }),
  )
})

const WISH: KeptSet['wish'] = {
  minutes: 60,
  pool: { filter: null, trackIds: null },
  arc: [0.5],
  seed: 1,
  mustPlay: [],
  never: [],
  fixed: [],
  artistGap: 1,
  lowestBpm: null,
  highestBpm: null,
  mostRisePercent: null,
  mostFallPercent: null,
  leastBars: 1,
  noTwoVoices: false,
}
const setOf = (list: readonly SetPlace[], change: Partial<KeptSet> = {}): KeptSet => ({
  name: 'Friday',
  wish: WISH,
  places: list,
  tracks: 'ABCDEFGHI'.split('').map((title, at) => ({ id: at + 1, audioDigest: title, title, artist: null })),
  ...change,
})

test.each([
  [setOf(setTrim(places(1, 2, 3, 4), 1, -1.5)), 'set the trim of B to −1.5 dB'],
  [setOf(movePlace(places(1, 2, 3, 4), 3, 1)), 'moved D from place 4 to place 2'],
  [setOf(places(2, 1, 3, 4)), 'moved A from place 1 to place 2'],
  [setOf(places(4, 3, 2, 1)), 'changed the order'],
  [setOf(places(1, 2, 5, 3, 4)), 'added E at place 3'],
  [setOf(places(1, 2, 4)), 'removed C'],
  [setOf(places(1, 2)), 'removed 2 tracks'],
  [setOf(places(1, 5, 3, 4)), 'put E in the place of B'],
  [setOf(places(1, 5, 6, 4)), 'chose other tracks'],
  [setOf(toggleLock(places(1, 2, 3, 4), 1)), 'locked B at place 2'],
  [setOf(chooseStyle(places(1, 2, 3, 4), 0, 'quick cut')), 'changed how A goes into B (quick cut)'],
  [setOf(places(1, 2, 3, 4), { name: 'Saturday' }), 'renamed Friday to Saturday'],
  [setOf(places(1, 2, 3), { wish: { ...WISH, minutes: 30 } }), 'removed D, changed the wish'],
  [setOf(places(1, 2, 3, 4)), null],
])('what was changed is said by titles (%#)', (after, text) =>
  expect(changeText(setOf(places(1, 2, 3, 4)), after)).toBe(text),
)

test('two versions are compared by what stays in order, moves, comes and goes', () => {
  expect(comparePlaces([1, 2, 3, 4], [1, 3, 5, 2])).toEqual([
    { trackId: 1, before: 0, after: 0, change: 'same' },
    { trackId: 3, before: 2, after: 1, change: 'moved' },
    { trackId: 5, before: null, after: 2, change: 'came' },
    { trackId: 2, before: 1, after: 3, change: 'same' },
    { trackId: 4, before: 3, after: null, change: 'went' },
  ])
  const order = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 12 })
  fc.assert(
    fc.property(order, order, (before, after) => {
      const compared = comparePlaces(before, after)
      expect(compared.flatMap((one) => (one.after === null ? [] : [one.trackId]))).toEqual(after)
      expect(compared.filter((one) => one.before !== null)).toHaveLength(before.length)
      const same = compared.filter(({ change }) => change === 'same').map((one) => one.before!)
      expect(same).toEqual(same.toSorted((a, b) => a - b))
    }),
  )
})
