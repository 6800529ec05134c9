import fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { camelCase } from './camel-case.ts'
import { snakeCase } from './snake-case.ts'

test('names change at every depth, values do not, and names that are in camelCase stay', () => {
  const stored = {
    f1_score: 1,
    label_counts: { drop: 2 },
    rows: [{ start_beat: 0, source: 'a_b' }],
    macroF1: 0.5,
    at: null,
  }
  const value = camelCase(stored)
  expect(value).toEqual({
    f1Score: 1,
    labelCounts: { drop: 2 },
    rows: [{ startBeat: 0, source: 'a_b' }],
    macroF1: 0.5,
    at: null,
  })
  expectTypeOf(value.rows).toEqualTypeOf<readonly { readonly startBeat: number; readonly source: string }[]>()
  expectTypeOf<'f1Score' | 'macroF1'>().toExtend<keyof typeof value>()
})

test('snakeCase gives back what was read', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(?:_[a-z][a-z0-9]{0,5}){0,2}$/)
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.string(),
      fc.integer(),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(name, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(tree, (stored) => {
      expect(snakeCase(camelCase(stored))).toEqual(stored)
    }),
  )
})
