import { tmpdir } from 'node:os'
import { parse } from 'node:path'
import { expect, test } from 'vitest'
import { restingPlace } from './resting-place.ts'

test('what goes on by itself stands in the home folder, or at the root where that is not there', () => {
  expect(restingPlace(tmpdir())).toBe(tmpdir())
  expect(restingPlace('/no home of this name')).toBe(parse(process.execPath).root)
})
