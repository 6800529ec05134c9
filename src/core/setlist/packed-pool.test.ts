import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byStyle } from './mix-styles.ts'
import { anyReachingTrack } from './mix-track.fixture.ts'
import { packPool, unpackPool } from './packed-pool.ts'

const soundOf = (width: number): fc.Arbitrary<Float32Array | null> =>
  fc.option(fc.float32Array({ minLength: width, maxLength: width, noNaN: true }))
const sound = fc.record({ features: soundOf(3), embedding: soundOf(5) })
const bits = fc.option(fc.nat(0xffffffff), { nil: undefined })
const track = fc.tuple(anyReachingTrack, bits, sound, sound).map(([ends, voiceBars, outSound, inSound]) => ({
  ...ends,
  out: byStyle((style) => ends.out[style] && { ...ends.out[style], voiceBars }),
  outSound,
  inSound,
}))

test('what comes out of a packed pool is what went in', () => {
  fc.assert(
    fc.property(fc.array(track, { maxLength: 5 }), (tracks) => {
      const { pool, put } = packPool(tracks.length, [3, 5])
      for (const [at, one] of tracks.entries()) put(at, one)
      expect(pool.ends.buffer).toBeInstanceOf(SharedArrayBuffer)
      expect(unpackPool(pool)).toEqual(tracks)
    }),
  )
})

test('a sound of another length is left out, since it cannot be compared', () => {
  const { pool, put } = packPool(1, [3, 0])
  const ends = { 'outro to intro': null, 'break to intro': null, 'drop to drop': null, 'quick cut': null }
  const longer = { features: new Float32Array(4), embedding: new Float32Array(2) }
  const reach = { leavesAt: ends, entersBy: ends, aloneBeats: 16 }
  const inSound = { ...longer, features: Float32Array.of(1, 2, 3) }
  put(0, { out: ends, into: ends, ...reach, outSound: longer, inSound })
  expect(unpackPool(pool)).toEqual([
    {
      out: ends,
      into: ends,
      ...reach,
      outSound: { features: null, embedding: null },
      inSound: { features: Float32Array.of(1, 2, 3), embedding: null },
    },
  ])
})
