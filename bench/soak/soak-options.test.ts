import { expect, test } from 'vitest'
import { PARTS } from './parts.ts'
import { helpOf, readOptions } from './soak-options.ts'

test('help has a line for each part, each part a name of its own', () => {
  const lines = helpOf(PARTS).split('\n')
  for (const { name, what } of PARTS) expect(lines).toContain(`  ${name.padEnd(16)} ${what}`)
  expect(new Set(PARTS.map(({ name }) => name)).size).toBe(PARTS.length)
  expect(readOptions(['--help'], PARTS)).toBeNull()
})

test('what is asked for counts, and all else is as usual', () => {
  expect(readOptions(['--only', 'bundles', '--bundles', '7'], PARTS)).toMatchObject({
    only: 'bundles',
    bundles: 7,
    kill: 40,
    catalogue: false,
  })
})

test.each([
  [['--only', 'bundels'], 'SOAK_PART_UNKNOWN', /but kill, .*bundles, /],
  [['--bundels', '7'], 'SOAK_OPTION_UNKNOWN', /--bundels/],
  [['bundles'], 'SOAK_OPTION_UNKNOWN', /bundles/],
  [['--kill', 'many'], 'SOAK_NOT_A_NUMBER', /--kill is "many"/],
])('%j is refused as %s', (args, code, message) => {
  expect(() => readOptions(args, PARTS)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  )
})
