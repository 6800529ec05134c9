import { beforeAll, expect, test } from 'vitest'
import type { SectionModel } from '../models/section-model.ts'
import { trainSections } from '../training/train-sections.ts'
import { explainSection, type SectionExplanation } from './explain-section.ts'
import { paintLibrary, paintTrack } from './painted-track.fixture.ts'

let model: SectionModel
beforeAll(async () => {
  const options = { featureSpec: 'painted', seed: 1, scoreboard: false }
  model = (await trainSections({ tracks: paintLibrary(16, 100), options })).model
})

const track = paintTrack(
  'unseen',
  [
    ['intro', 32],
    ['build', 32],
    ['drop', 64],
    ['outro', 32],
  ],
  { seed: 77 },
)
const explain = (startBeat: number, endBeat: number): SectionExplanation =>
  explainSection(model, {
    features: track.matrix,
    // The intro begins before the first downbeat here, so its first bar is cut short.
    grid: { ...track.grid, firstDownbeat: 2 } as never,
    span: { startBeat, endBeat },
  })

test('a span is called what it is, and all of its bars speak of it, each from its own downbeat', () => {
  const { kind, kinds, probabilities, bars } = explain(64, 128)
  expect(kind).toBe('drop')
  expect(probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
  expect(bars.map(({ startBeat }) => startBeat).slice(0, 3)).toEqual([64, 66, 70])
  expect(bars.at(-1)!.startBeat).toBe(126)
  const drop = kinds.indexOf('drop')
  for (const bar of bars) {
    if (bar.startBeat < 122) expect(bar.probabilities.indexOf(Math.max(...bar.probabilities))).toBe(drop)
    expect(bar.probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4)
  }
})

test('bars show where a span that holds two kinds changes', () => {
  const { kinds, bars } = explain(32, 128)
  const likeliest = ({ probabilities }: (typeof bars)[number]): string =>
    kinds[probabilities.indexOf(Math.max(...probabilities))]!
  // Bars at an edge are influenced by what comes after it.
  const inside = bars.filter(({ startBeat }) => startBeat >= 70 && startBeat < 118)
  expect(new Set(inside.map(likeliest))).toEqual(new Set(['drop']))
  expect(bars.filter(({ startBeat }) => startBeat < 60).map(likeliest)).not.toContain('drop')
})

test('something spoke for the kind, the loudest first', () => {
  const weights = explain(64, 128).evidence.map(({ weight }) => Math.abs(weight))
  expect(weights[0]).toBeGreaterThan(0)
  expect(weights).toEqual(weights.toSorted((a, b) => b - a))
})

test('more spoke for the kind in the bar that it fits best than in the one that it fits least', () => {
  const { bars, kinds, kind } = explain(32, 128)
  const fitOf = ({ probabilities }: (typeof bars)[number]): number => probabilities[kinds.indexOf(kind)]!
  const weightOf = ({ evidence }: (typeof bars)[number]): number =>
    evidence.reduce((sum, { weight }) => sum + weight, 0)
  const [best, worst] = [
    bars.toSorted((a, b) => fitOf(b) - fitOf(a))[0]!,
    bars.toSorted((a, b) => fitOf(a) - fitOf(b))[0]!,
  ]
  expect(weightOf(best)).toBeGreaterThan(weightOf(worst) + 1)
  for (const { evidence } of bars) {
    const weights = evidence.map(({ weight }) => Math.abs(weight))
    expect(weights).toEqual(weights.toSorted((a, b) => b - a))
    expect(new Set(evidence.map(({ group }) => group)).size).toBe(evidence.length)
  }
})
