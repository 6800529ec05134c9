import { expect, test } from 'vitest'
import { neighbourIn } from './playing-order.ts'

const all = Array.from({ length: 1203 }, (_, id) => ({
  id,
  state: id === 502 || id === 503 ? ('failed' as const) : ('ok' as const),
}))
const page = async (offset: number) => ({ tracks: all.slice(offset, offset + 500), total: all.length })
const around = async (id: number): Promise<readonly (number | undefined)[]> => [
  (await neighbourIn(page, id, -1))?.id,
  (await neighbourIn(page, id, 1))?.id,
]

test('the track before and after are found in the order of the list, over the edges of its pages too', async () => {
  expect(await around(700)).toEqual([699, 701])
  expect(await around(499)).toEqual([498, 500])
  expect(await around(500)).toEqual([499, 501])
})

test('what cannot be played is passed over, either way', async () => {
  expect(await around(501)).toEqual([500, 504])
  expect(await around(504)).toEqual([501, 505])
})

test('a list has ends, and what is not in it has no neighbours', async () => {
  expect(await neighbourIn(page, 1202, 1)).toBeNull()
  expect(await neighbourIn(page, 5000, 1)).toBeUndefined()
  expect(await around(0)).toEqual([undefined, 1])
  expect(await around(1202)).toEqual([1201, undefined])
  expect(await around(5000)).toEqual([undefined, undefined])
})
