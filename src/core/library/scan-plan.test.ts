import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KnownFile, planScan } from './scan-plan.ts'

const file = (
  path: string,
  sizeBytes = 1,
  modifiedMs = 1,
): { path: string; sizeBytes: number; modifiedMs: number } => ({
  path,
  sizeBytes,
  modifiedMs,
})
const known = (path: string, missing = false): KnownFile => ({ ...file(path), missing })

test('a new file is read, a known one is not, a changed one is read again', () => {
  const plan = planScan(
    [file('new'), file('same'), file('grown', 2), file('touched', 1, 2)],
    ['same', 'grown', 'touched'].map((path) => known(path)),
  )
  expect(plan.toIdentify.map(({ path }) => path)).toEqual(['new', 'grown', 'touched'])
  expect(plan.unchangedCount).toBe(1)
  expect(plan.vanished).toEqual([])
})

test('a renamed file is one new and one vanished', () => {
  const plan = planScan([file('after')], [known('before')])
  expect(plan.toIdentify).toEqual([file('after')])
  expect(plan.vanished).toEqual([known('before')])
})

test('a missing file that came back unchanged need not be read', () => {
  const plan = planScan([file('back')], [known('back', true), known('gone', true)])
  expect(plan).toEqual({ toIdentify: [], returned: [file('back')], vanished: [], unchangedCount: 1 })
})

test('every found file is either read or unchanged, every known file found, vanished or missing already', () => {
  const path = fc.constantFrom('a', 'b/c', 'd\ne', 'é', 'e\u0301', '🎧')
  const anyFile = fc.record({ path, sizeBytes: fc.nat(2), modifiedMs: fc.nat(2) })
  const unique = <Item extends { path: string }>(items: Item[]): Item[] => [
    ...new Map(items.map((item) => [item.path, item])).values(),
  ]
  fc.assert(
    fc.property(fc.array(anyFile), fc.array(fc.tuple(anyFile, fc.boolean())), (rawFound, rawKnown) => {
      const found = unique(rawFound)
      const before = unique(rawKnown.map(([one, missing]) => ({ ...one, missing })))
      const plan = planScan(found, before)
      expect(plan.toIdentify.length + plan.unchangedCount).toBe(found.length)
      const stillThere = before.filter((one) => found.some((other) => other.path === one.path)).length
      const missingBefore = before.filter(
        (one) => one.missing && !found.some((other) => other.path === one.path),
      ).length
      expect(stillThere + plan.vanished.length + missingBefore).toBe(before.length)
    }),
  )
})
