import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importReasons } from './import-reasons.ts'
import { LABEL_FORMAT_TRAITS, READ_ENDINGS } from './label-format-traits.ts'
import type { ImportOutcome } from './plan-label-import.ts'

const error = {
  code: 'LABEL_OVERLAP',
  title: 'Labels overlap',
  detail: 'intro 0–32 overlaps drop 16–48.',
  hint: '',
} as const
const outcome = fc.record({ unchanged: fc.nat(2), doubtful: fc.nat(2), unknown: fc.nat(5), refused: fc.nat(5) }).map(
  ({ unchanged, doubtful, unknown, refused }): ImportOutcome => ({
    tally: { imported: 0, unchanged, skipped: doubtful + unknown },
    unknownNames: Array.from({ length: unknown }, (_, at) => `name ${at}`),
    doubtful,
    refused: Array.from({ length: refused }, () => ({ label: 'intro 0–32', error })),
    refusals: refused === 0 ? [] : [{ ...error, count: refused }],
    warnings: [],
  }),
)

test('where nothing is imported there is always a reason', () => {
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 3 }), (outcomes) => {
      expect(importReasons(outcomes)).not.toEqual([])
    }),
  )
})

test('reasons are counted and named, and a long list is cut', () => {
  const tally = { imported: 1, unchanged: 1, skipped: 5 }
  const unknownNames = ['a', 'b', 'c', 'd']
  expect(importReasons([{ tally, unknownNames, doubtful: 1, refused: [], refusals: [], warnings: [] }])).toEqual([
    '1 label is already there.',
    '4 labels are not named after a section: a, b, c, and 1 more.',
    '1 label is marked as doubtful in the file.',
  ])
})

test('the guide names every ending that is read', () => {
  const guide = readFileSync(new URL('../../../docs/guide/keeping.md', import.meta.url), 'utf8')
  for (const ending of READ_ENDINGS) expect(guide).toContain(`\`${ending}\``)
  expect(READ_ENDINGS).toEqual(expect.arrayContaining(LABEL_FORMAT_TRAITS.map(({ extension }) => extension)))
})
