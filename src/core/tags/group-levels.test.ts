import { expect, test } from 'vitest'
import { HEARD_GROUPS, HEARD_VOICES, LARGEST_LOGIT } from '../features/heard-levels.ts'
import type { EarsCard } from './ears-card.ts'
import { groupLevels } from './group-levels.ts'

const names = [...new Set(Object.values(HEARD_GROUPS).flat()), 'fast', 'slow', 'of no group']
const cardOf = (tags: readonly string[]): Pick<EarsCard, 'tags' | 'mel'> => ({
  tags: tags.map((name) => ({ name, group: 'music', experimental: false, threshold: null })),
  mel: { hopFrames: 43 } as EarsCard['mel'],
})
/** Two windows: every tag at a half; then male voices at 3:1, voices for certain, and nothing else. */
const tags = Float32Array.from([
  ...names.map(() => 0.5),
  ...names.map((name) => {
    if (HEARD_VOICES['heard male voice']!.includes(name)) return 0.75
    return HEARD_VOICES['heard voice']!.includes(name) ? 1 : 0
  }),
])

test('a group is at the mean logit of its tags, which is kept within limits', () => {
  const { windowFrames, values } = groupLevels({ tags, count: 2 }, cardOf(names))!
  const groups = Object.keys(HEARD_GROUPS)
  expect(windowFrames).toBe(43)
  expect(values).toHaveLength(2 * groups.length)
  expect([...values.subarray(0, groups.length)]).toEqual(groups.map(() => 0))
  const second = values.subarray(groups.length)
  expect(second[groups.indexOf('heard male voice')]).toBeCloseTo(Math.log(3), 6)
  expect(second[groups.indexOf('heard voice')]).toBe(LARGEST_LOGIT)
  expect(second[groups.indexOf('heard female voice')]).toBe(-LARGEST_LOGIT)
})

test('the pace is how much faster than slow, and how much more electronic than rock, it sounds in the mean', () => {
  const heard = tags.slice()
  // In the second window alone: fast at 3:1, slow at 1:3, everything electronic for certain.
  heard[names.length + names.indexOf('fast')] = 0.75
  heard[names.length + names.indexOf('slow')] = 0.25
  for (const name of HEARD_GROUPS['heard electronic']!) heard[names.length + names.indexOf(name)] = 1
  const { pace } = groupLevels({ tags: heard, count: 2 }, cardOf(names))!
  expect(pace!.fast).toBeCloseTo(Math.log(3), 6)
  expect(pace!.electronic).toBeCloseTo(LARGEST_LOGIT, 6)
  expect(groupLevels({ tags: new Float32Array(0), count: 0 }, cardOf(names))!.pace).toBeNull()
})

test('a network that lacks one of the tags is of no use here, and another order of its tags is', () => {
  expect(groupLevels({ tags: new Float32Array(names.length - 1), count: 1 }, cardOf(names.slice(1)))).toBeNull()
  const without = names.filter((name) => name !== 'slow')
  expect(groupLevels({ tags: new Float32Array(without.length), count: 1 }, cardOf(without))).toBeNull()
  const turned = [...names].reverse()
  const reversed = Float32Array.from(
    [tags.slice(0, names.length), tags.slice(names.length)].flatMap((row) => [...row.reverse()]),
  )
  expect(groupLevels({ tags: reversed, count: 2 }, cardOf(turned))).toEqual(
    groupLevels({ tags, count: 2 }, cardOf(names)),
  )
})
