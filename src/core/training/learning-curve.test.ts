import { beforeAll, describe, expect, test } from 'vitest'
import { createRandom, shuffle } from '../support/random.ts'
import { buildTracks } from './built-tracks.test-fixture.ts'
import type { TrainingTrack } from './label-rows.ts'
import type { LearningCurve } from './learning-curve.ts'
import { trainSections } from './train-sections.ts'

const tracks = buildTracks(20)
const curveOf = async (
  measured: readonly TrainingTrack[],
  onProgress?: (fraction: number) => void,
): Promise<LearningCurve | null> => {
  const options = { featureSpec: 'spec', seed: 1, epochs: 20, minSamples: 2, learningCurve: true }
  return (await trainSections({ tracks: measured, options }, onProgress ? { onProgress } : {})).learningCurve
}

describe('the learning curve', () => {
  let curve: LearningCurve
  const fractions: number[] = []
  beforeAll(async () => {
    curve = (await curveOf(tracks, (fraction) => fractions.push(fraction)))!
  })

  test('has a quarter, a half, three quarters and all of the tracks outside a fold', () => {
    expect(curve.points.map(({ share }) => share)).toEqual([0.25, 0.5, 0.75, 1])
    // Five folds of 20 tracks leave 16 outside, or one more or less; each has 6 labels.
    for (const { share, tracks: trained, labels, kinds } of curve.points) {
      expect(trained).toBeCloseTo(16 * share, 0)
      expect(labels).toBeCloseTo(6 * trained, 0)
      expect(kinds.reduce((sum, kind) => sum + kind.labels, 0)).toBeCloseTo(labels, 6)
    }
  })

  test('rises where there is something to learn', async () => {
    const [first, , , last] = (await curveOf(buildTracks(10)))!.points
    expect(last!.accuracy).toBeGreaterThan(first!.accuracy)
    expect(last!.macroF1).toBeGreaterThan(0.9)
  })

  test('tells its progress to the end, never backwards', () => {
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
  })

  test('is not drawn from a handful of tracks, nor where nobody asked', async () => {
    expect(await curveOf(buildTracks(7))).toBeNull()
    const options = { featureSpec: 'spec', seed: 1, epochs: 3 }
    expect((await trainSections({ tracks, options })).learningCurve).toBeNull()
  })

  test('promises nothing for labels that mean nothing', async () => {
    const kinds = shuffle(
      tracks.flatMap(({ labels }) => labels.map(({ kind }) => kind)),
      createRandom(9),
    )
    const meaningless = tracks.map((track) => ({
      ...track,
      labels: track.labels.map((label) => ({ ...label, kind: kinds.pop()! })),
    }))
    expect((await curveOf(meaningless))!.words).toEqual([expect.stringContaining('not clearly better')])
  })
})
