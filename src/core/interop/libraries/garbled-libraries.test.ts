import { expect, test } from 'vitest'
import { createRandom } from '../../support/random.ts'
import { GARBLED_READERS, readGarbled } from './garbled-libraries.fixture.ts'

const VARIANTS = 1000

test.each(Object.keys(GARBLED_READERS))(
  '%s: whatever is done to its bytes, there is a library or a coded error',
  (name) => {
    const random = createRandom(15)
    const results = Array.from({ length: VARIANTS }, () => readGarbled(name, random))
    expect(results.flatMap(({ faults }) => faults)).toEqual([])
    expect(results.some(({ end }) => end === 'read')).toBe(true)
  },
)
