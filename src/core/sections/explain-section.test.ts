import { beforeAll, expect, test } from 'vitest'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import type { SectionModel } from '../models/section-model.ts'
import { createRandom } from '../support/random.ts'
import type { TrainingTrack } from '../training/label-rows.ts'
import { trainSections } from '../training/train-sections.ts'
import { counterfactualsOf } from './counterfactuals.ts'
import { explainSection, type SectionExplanation } from './explain-section.ts'
import { deletionOf } from './faithfulness.ts'
import { LAYERS, layerLevel, maskColumns } from './mask-layers.ts'
import { paintLibrary, paintTrack, paintTwoKinds } from './painted-track.fixture.ts'

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

test('a drop without its drums and bass would be something else, as the model says when it is asked again', () => {
  const { counterfactuals, kind } = explain(64, 128)
  expect(counterfactuals[0]).toMatchObject({ way: 'away', before: expect.any(Number) })
  for (const { before, after, kind: other, probability } of counterfactuals) {
    expect(after).toBeLessThan(before)
    expect(probability).toBeGreaterThanOrEqual(after)
    if (other !== kind) expect(probability).toBeGreaterThan(after)
  }
  // What is put there, or taken away, can be heard somewhere in the track: here there are no drums but before the drop.
  const { layer, example } = counterfactuals[0]!
  const level = (span: { startBeat: number; endBeat: number }): number =>
    layerLevel(track.matrix, LAYERS.find(({ name }) => name === layer)!, span)
  expect(level(example!)).toBeLessThan(level({ startBeat: 64, endBeat: 128 }))
})

test('a masked layer is another only within the span, and all other columns stay', () => {
  const [layer] = LAYERS
  const span = { startBeat: 64, endBeat: 128 }
  const masked = maskColumns(track.matrix, span, { columns: layer!.columns, level: 'away' })
  const names = new Set(layer!.columns.map(({ name }) => name))
  const { columns, values } = track.matrix
  const changed = [...values.keys()].filter((cell) => masked.values[cell] !== values[cell])
  expect(changed.length).toBeGreaterThan(0)
  expect(changed.every((cell) => names.has(columns[cell % columns.length]!))).toBe(true)
  const beats = changed.map((cell) => Math.floor(cell / columns.length))
  expect([Math.min(...beats), Math.max(...beats)]).toEqual([64, 127])
  expect(layerLevel(masked, layer!, span)).toBeLessThan(layerLevel(track.matrix, layer!, span))
})

/** Only the bass tells a drop from a break here; all else is noise. */
const bassTracks = (count: number, seed: number): readonly TrainingTrack[] => {
  const random = createRandom(seed)
  return paintTwoKinds(count, seed).map((painted) => {
    const kindAt = (beat: number) =>
      painted.labels.find(({ startBeat, endBeat }) => startBeat <= beat && beat < endBeat)
    const matrix = wholeMatrix(painted.matrix.beats, (beat, { group }) =>
      group === 'the bass' && kindAt(beat)?.kind === 'drop' ? 2 + random() : random(),
    )
    return { ...painted, matrix }
  })
}

test('deleting what the explanation names costs more than deleting as much at random, and names the layer that decides', async () => {
  const options = { featureSpec: 'painted', seed: 1, scoreboard: false }
  const bass = (await trainSections({ tracks: bassTracks(14, 300), options })).model
  const spans = bassTracks(5, 900).flatMap(({ matrix, labels, grid }) =>
    labels.map((span) => ({ features: matrix, grid: { ...grid, firstDownbeat: 0 } as never, span })),
  )
  const falls = spans.flatMap((asked, at) => deletionOf(bass, asked, at) ?? [])
  const mean = (of: 'named' | 'random'): number => falls.reduce((sum, fall) => sum + fall[of], 0) / falls.length
  expect(falls.length).toBeGreaterThan(10)
  expect(mean('named')).toBeGreaterThan(2 * mean('random') + 0.05)
  const drops = spans.filter(({ span }) => span.kind === 'drop').map((asked) => counterfactualsOf(bass, asked)[0]!)
  const byBass = drops.filter(({ layer, way, kind }) => layer === 'the bass' && way === 'away' && kind === 'break')
  expect(byBass.length).toBeGreaterThan(drops.length / 2)
})
