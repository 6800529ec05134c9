import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { setTimes, type TimedTrack } from './set-times.ts'

const grid = constantGrid(120, 640)

test('the windows of two tracks begin together, and what overlaps is heard twice but counted once', () => {
  const one = { grid, durationSeconds: 320, into: null, out: { startBeat: 512, endBeat: 576 } }
  const other = { grid, durationSeconds: 320, into: { startBeat: 32, endBeat: 96 }, out: null }
  expect(setTimes([one, other])).toEqual({
    tracks: [
      { startsAt: 0, playsFrom: 0, playsTo: 288, aloneFrom: 0, aloneTo: 256 },
      { startsAt: 256 - 0, playsFrom: 16, playsTo: 320, aloneFrom: 48, aloneTo: 320 },
    ],
    seconds: 256 + 304,
    overlapSeconds: 32,
  })
})

test('a track without beats is played whole, and no tracks take no time', () => {
  const bare = { grid: null, durationSeconds: 100, into: null, out: null }
  expect(setTimes([bare, bare])).toMatchObject({ seconds: 200, overlapSeconds: 0, tracks: [{}, { startsAt: 100 }] })
  expect(setTimes([])).toEqual({ tracks: [], seconds: 0, overlapSeconds: 0 })
})

const timed: fc.Arbitrary<TimedTrack> = fc
  .tuple(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 300, max: 600 }), fc.integer({ min: 60, max: 180 }))
  .map(([into, out, bpm]) => ({
    grid: constantGrid(bpm, 640),
    durationSeconds: (640 * 60) / bpm,
    into: { startBeat: into, endBeat: into + 32 },
    out: { startBeat: out, endBeat: out + 32 },
  }))

test('each track begins where the one before goes out, and the sum of what is played is the length and the overlaps', () => {
  fc.assert(
    fc.property(fc.array(timed, { minLength: 2, maxLength: 8 }), (tracks) => {
      const {
        tracks: times,
        seconds,
        overlapSeconds,
      } = setTimes(tracks.map((track, at) => ({ ...track, out: at === tracks.length - 1 ? null : track.out })))
      for (const [at, { startsAt }] of times.slice(1).entries()) {
        const before = times[at]!
        expect(startsAt).toBeCloseTo(before.startsAt + before.aloneTo - before.playsFrom, 6)
      }
      const played = times.reduce((sum, { playsFrom, playsTo }) => sum + playsTo - playsFrom, 0)
      expect(seconds).toBeCloseTo(played - overlapSeconds, 6)
    }),
  )
})
