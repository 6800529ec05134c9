import { expect, test } from 'vitest'
import { toFailure } from './protocol.ts'

test.each([
  ['ERR_MODULE_NOT_FOUND', 'PROGRAM_GONE'],
  ['ENOSPC', 'STORAGE_FULL'],
])('what the system refuses a thread with %s is told as %s on the other side', (code, told) => {
  expect(toFailure(Object.assign(new Error('refused'), { code }))).toMatchObject({ code: told })
})

test('a fault of a thread keeps its words and where it happened', () => {
  const fault = new TypeError('x is not a function')
  expect(toFailure(fault)).toEqual({ code: null, message: fault.message, stack: fault.stack })
})
