import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { bestWindow, mixWindows, scorePair, type WindowLimits } from './best-window.ts'
import { anyJudgedTrack } from './judged-track.fixture.ts'
import { decodeJudged, encodeJudged } from './judged-track.ts'
import { type MixProfile, profileOf } from './mix-profile.ts'
import { aloneBeats } from './mix-sides.ts'
import { byStyle } from './mix-styles.ts'
import { type MixWindow, mostBars } from './mix-windows.ts'
import { obstacleOf } from './obstacles.ts'
import { proposeTransition } from './propose-transition.ts'
import { describeEnd } from './transition-end.ts'
import { type MixEnds, type MixTrack, pairScore } from './transition-table.ts'
import { wayDistance } from './way-sounds.ts'

const part = { part: 'features' as const, first: 0, width: 3, missing: 3, missingValue: 0.7 }
const scale = [{ ...part, means: Float64Array.of(0.1, 0, -1), scales: Float64Array.of(0.2, 0.1, 0.3) }]
const limits: fc.Arbitrary<WindowLimits | undefined> = fc.option(
  fc.record({
    leastBars: fc.constantFrom(1, 4, 8, 16),
    mostVoices: fc.constantFrom(null, 0.25),
  }),
  { nil: undefined },
)

test('a thread that has a track as bytes scores a pair as the pair is proposed, within any limits', () => {
  fc.assert(
    fc.property(anyJudgedTrack, anyJudgedTrack, limits, (one, other, within) => {
      const sounds = [one.sounds, other.sounds] as const
      const pair = [
        { ...one.track, title: 'A' },
        { ...other.track, title: 'B' },
      ] as const
      const proposed = mixWindows(one.profile, other.profile, within).map((window) =>
        proposeTransition(...pair, { window, distance: wayDistance(scale, window.style, sounds) }),
      )
      const allowed = proposed.filter(({ style, bars, parts }) => {
        const voices = parts.find(({ part: name }) => name === 'voices')!.score ?? 1
        return (
          within === undefined ||
          ((within.leastBars <= 1 || bars >= within.leastBars) &&
            (within.mostVoices === null || voices >= 1 - within.mostVoices - 1e-9) &&
            (within.leastBars <= 1 || style !== 'quick cut'))
        )
      })
      const [from, into] = [one, other].map((track) => decodeJudged(encodeJudged(track)))
      const distanceOf = (style: Parameters<typeof wayDistance>[1]) =>
        wayDistance(scale, style, [from!.sounds, into!.sounds])
      const score = scorePair(from!.profile, into!.profile, distanceOf, { limits: within })
      const best = Math.max(...allowed.map((way) => way.score ?? -1))
      if (best < 0) expect(obstacleOf(score)).not.toBeNull()
      else expect(score).toBe(best)
      // What is of no interest below a score changes nothing above it.
      const atLeast = 0.5
      const looked = scorePair(from!.profile, into!.profile, distanceOf, { limits: within, atLeast })
      if (score >= atLeast) expect(looked).toBe(score)
      else expect(looked).toBeLessThan(atLeast)
    }),
    { numRuns: 60 },
  )
})

const tableTrack = (track: MixProfile): MixTrack => {
  const ends = (way: 'out' | 'into'): MixEnds =>
    byStyle((style) => {
      const side = track.places[way][style]
      return side && { ...describeEnd(track, side), bars: mostBars(style, way, track) }
    })
  return { out: ends('out'), into: ends('into'), aloneBeats: aloneBeats(track.grid) }
}

test('the table of a planner rules no pair out by its bars that has such a window, be it across two sections', () => {
  fc.assert(
    fc.property(anyJudgedTrack, anyJudgedTrack, fc.constantFrom(2, 4, 8, 16, 32), (one, other, leastBars) => {
      const score = scorePair(one.profile, other.profile, () => null, { limits: { leastBars, mostVoices: null } })
      const tracks = [tableTrack(one.profile), tableTrack(other.profile)]
      const ends = pairScore(tracks, { mostRisePercent: null, mostFallPercent: null, leastBars })(0, 1, Number.NaN)
      if (score >= 0) expect(obstacleOf(ends)).toBeNull()
    }),
    { numRuns: 100 },
  )
})

test('an outro of 8 bars behind a drop is left over 16', () => {
  const part = (kind: 'intro' | 'drop' | 'outro', startBeat: number, endBeat: number) =>
    ({ kind, startBeat, endBeat, isLabel: true }) as const
  const track = profileOf({
    grid: constantGrid(124, 640),
    camelot: '8A',
    tuningCents: 0,
    gain: 1,
    parts: [part('intro', 0, 64), part('drop', 64, 608), part('outro', 608, 640)],
    energyCurve: [],
    features: null,
    voice: null,
  })
  const limits = { leastBars: 16, mostVoices: null }
  expect(mostBars('outro to intro', 'out', track)).toBeGreaterThanOrEqual(16)
  const window = bestWindow(track, track, 'outro to intro', limits) as MixWindow
  expect([window.bars, window.from.startBeat < 608]).toEqual([16, true])
  expect(scorePair(track, track, () => null, { limits })).toBeGreaterThan(0)
})
