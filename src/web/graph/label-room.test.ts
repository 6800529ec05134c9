import { expect, test } from 'vitest'
import { LabelRoom } from './label-room.ts'

const box = (left: number, top: number) => ({ left, top, width: 60, height: 14 })

test('labels beside and below each other are written, those that touch one are not, and each picture begins anew', () => {
  const room = new LabelRoom()
  const written = () =>
    [box(0, 0), box(30, 5), box(61, 0), box(70, 0), box(0, 14), box(40, 13)].map((one) => room.take(one))
  const wanted = [true, false, false, true, true, false]
  expect(written()).toEqual(wanted)
  room.clear()
  expect(written()).toEqual(wanted)
})
