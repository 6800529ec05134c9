import { describe, expect, test } from 'vitest'
import type { UserError } from '../../core/support/user-error.ts'
import { catalogueUrl, withoutSecrets } from './catalogue-url.ts'

const refusal = (run: () => unknown): UserError => {
  try {
    run()
  } catch (error) {
    return error as UserError
  }
  throw new Error('Nothing was refused')
}

describe('what lets anyone in is never told', () => {
  test.each([
    ['postgres://me:hidden@localhost/music', 'postgres://localhost/music'],
    ['postgres://me:h%23i%2Fd%40den@localhost:5433/music?sslmode=disable', 'postgres://localhost:5433/music'],
    ['postgresql:///music?host=/run/postgresql&user=me&password=hidden', 'postgresql:///run/postgresql/music'],
    ['postgres://localhost/music?host=db.example&port=99&password=hidden', 'postgres://db.example:99/music'],
    ['postgres://me:hid@den@localhost/music', 'postgres://localhost/music'],
  ])('%s is shown as %s', (address, shown) => {
    expect(withoutSecrets(address)).toBe(shown)
  })

  test.each([
    'postgres://me:12/hidden@localhost/music',
    'postgres://me:12#hidden@localhost/music',
    'postgres://me:12?hidden@localhost/music',
    'postgres://me:hid/den@localhost/music',
    'postgres://me:hid#den@localhost/music',
    'postgres://me:hid?den@localhost/music',
    'postgres://me:h@hid:12?den@localhost/music',
  ])('%s is refused with how it is written', (address) => {
    for (const read of [withoutSecrets, catalogueUrl]) {
      const { code, message } = refusal(() => read(address))
      expect([code, message]).toEqual(['CATALOGUE_URL_INVALID', expect.stringContaining('%2F')])
      expect(message).not.toMatch(/hid|12|den/)
    }
  })
})

test.each([
  'postgres://db.example/music',
  'postgres://localhost/music?host=db.example',
  'postgres:///music?host=10.0.0.7',
  'postgres://db.example/music?sslmode=prefer',
  'postgres://db.example/music?sslmode=allow',
])('%s is another machine, and does not say how the connection is protected', (address) => {
  expect(refusal(() => catalogueUrl(address))).toMatchObject({ code: 'CATALOGUE_URL_INVALID' })
})

test.each([
  'postgres://localhost/music',
  'postgres://[::1]/music',
  'postgres:///music?host=/run/postgresql',
  'postgres://localhost/music?host=127.0.0.1',
  'postgres://db.example/music?sslmode=disable',
  'postgres://db.example/music?sslmode=verify-full&sslrootcert=/ca.pem',
])('%s is taken as it is', (address) => {
  expect(catalogueUrl(address)).toBe(address)
})

test.each([
  'postgres://localhost/music?host=localhost&host=db.example',
  'postgres://db.example/music?sslmode=verify-full&sslmode=disable',
  'postgres://localhost/music?host=localhost&port=1&port=2',
])('%s says something twice, of which the client would take the last', (address) => {
  for (const read of [withoutSecrets, catalogueUrl])
    expect(refusal(() => read(address))).toMatchObject({
      code: 'CATALOGUE_URL_INVALID',
      message: expect.stringContaining('more than once'),
    })
})

test('a certificate is always checked with its name where one is asked for', () => {
  for (const mode of ['require', 'verify-ca'])
    expect(catalogueUrl(`postgres://db.example/music?a=b&sslmode=${mode}`)).toBe(
      'postgres://db.example/music?a=b&sslmode=verify-full',
    )
  const lenient = 'postgres://db.example/music?uselibpqcompat=true&sslmode=require'
  expect(catalogueUrl(lenient)).toBe(lenient)
})
