import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyJudgedTrack } from './judged-track.fixture.ts'
import { encodeJudged, sharedMemory } from './judged-track.ts'
import { anyReachingTrack } from './mix-track.fixture.ts'
import { judgedTracks, packPool, unpackPool } from './packed-pool.ts'

const soundOf = (width: number): fc.Arbitrary<Float32Array | null> =>
  fc.option(fc.float32Array({ minLength: width, maxLength: width, noNaN: true }))
const sound = fc.record({ features: soundOf(3), embedding: soundOf(5) })
const track = fc.tuple(anyReachingTrack, sound, sound).map(([ends, outSound, inSound]) => ({
  ...ends,
  outSound,
  inSound,
}))

test('what comes out of a packed pool is what went in', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          track,
          anyJudgedTrack.map(({ profile, sounds }) => ({ profile, sounds })),
        ),
        { maxLength: 5 },
      ),
      (tracks) => {
        const keep = sharedMemory()
        const { pool, put } = packPool(tracks.length, [3, 5], null)
        for (const [at, [one, judged]] of tracks.entries()) put(at, { ...one, judged: keep(encodeJudged(judged)) })
        expect(pool.ends.buffer).toBeInstanceOf(SharedArrayBuffer)
        expect(unpackPool(pool)).toEqual(tracks.map(([one]) => one))
        const judgedOf = judgedTracks(pool)
        for (const [at, [, judged]] of tracks.entries()) expect(judgedOf(at)).toEqual(judged)
      },
    ),
    { numRuns: 30 },
  )
})

test('a sound of another length is left out, since it cannot be compared', () => {
  const { pool, put } = packPool(1, [3, 0], null)
  const ends = { 'outro to intro': null, 'break to intro': null, 'drop to drop': null, 'quick cut': null }
  const longer = { features: new Float32Array(4), embedding: new Float32Array(2) }
  const reach = { leavesAt: ends, entersBy: ends, aloneBeats: 16 }
  const inSound = { ...longer, features: Float32Array.of(1, 2, 3) }
  const judged = { memory: new SharedArrayBuffer(0), first: 0, length: 0 }
  put(0, { out: ends, into: ends, ...reach, outSound: longer, inSound, judged })
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
