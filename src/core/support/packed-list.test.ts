import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinLists, packList, unpackList, unpackPieces } from './packed-list.ts'

test('what was packed comes back in its order, in pieces that are short', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.jsonValue(), { maxLength: 450 }), { maxLength: 3 }), (lists) => {
      const packed = joinLists(lists.map(packList))
      expect(packed.length).toBe(lists.flat(1).length)
      expect(JSON.stringify(unpackList(packed))).toBe(JSON.stringify(lists.flat(1)))
      for (const piece of unpackPieces(packed)) expect(piece.length).toBeLessThanOrEqual(200)
    }),
    { numRuns: 30 },
  )
})
