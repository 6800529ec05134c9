import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mixWindows, scorePair, type WindowLimits } from './best-window.ts'
import { anyJudgedTrack } from './judged-track.fixture.ts'
import { decodeJudged, encodeJudged } from './judged-track.ts'
import { obstacleOf } from './obstacles.ts'
import { proposeTransition } from './propose-transition.ts'
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
