import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fromPackage, KEPT, usedSamples } from './used-samples.ts'

test('every sample that the generator asks for is kept, and no other', () => {
  const kept = readdirSync(KEPT).filter((name) => name.endsWith('.flac'))
  expect(kept.toSorted()).toEqual(usedSamples().map((name) => `${name}.flac`))
})

test.each(usedSamples())('%s is as the package has it', (name) => {
  expect(readFileSync(join(KEPT, `${name}.flac`)).equals(fromPackage(name))).toBe(true)
})
