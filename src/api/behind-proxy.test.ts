import { expect, test } from 'vitest'
import type { UserError } from '../core/support/user-error.ts'
import { type GuardOptions, guard } from './guard.ts'

const BEHIND: GuardOptions = { host: '0.0.0.0', port: 4747, token: null, offeredAt: 'https://music.example' }

/** @returns the code of the refusal, or null */
const refusal = (host: string, origin?: string): string | null => {
  const headers = { host, ...(origin === undefined ? {} : { origin }) }
  try {
    guard({ headers, rawHeaders: Object.entries(headers).flat() }, BEHIND)
    return null
  } catch (error) {
    return (error as UserError).code
  }
}

test('behind a proxy the server has one more name, and pages of that name may ask', () => {
  expect(refusal('music.example')).toBeNull()
  expect(refusal('10.0.0.7:4747')).toBeNull()
  expect(refusal('music.example', 'https://music.example')).toBeNull()
  for (const origin of ['http://music.example', 'https://music.example.evil.com', 'https://evil.com', 'null'])
    expect(refusal('music.example', origin)).toBe('ORIGIN_NOT_ALLOWED')
  for (const host of ['music.example:4747', 'evil.com', 'sub.music.example'])
    expect(refusal(host)).toBe('HOST_NOT_ALLOWED')
})
