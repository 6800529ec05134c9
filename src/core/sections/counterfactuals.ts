/**
 * @file What a part of a track would be if a layer of its sound were there, or were not.
 * Method: the layer is taken out of what was measured, or put in (`mask-layers.ts`), and the model is asked again. The nearest place in the
 * track where the layer is so gives an ear something to compare with.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { prepareTrack } from '../features/track-context.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import { predictSpan, type SectionModel } from '../models/section-model.ts'
import { LAYERS, type Layer, layerLevel, maskColumns } from './mask-layers.ts'

export type Counterfactual = {
  /** "the kick". */
  readonly layer: string
  /** Put in, or taken out. */
  readonly way: 'there' | 'away'
  /** What it would be. */
  readonly kind: SectionKind
  /** Of that kind. */
  readonly probability: number
  /** Of the kind that it is now: as it is, and as it would be. */
  readonly before: number
  readonly after: number
  /** A bar of the track in which the layer is so; null where there is none. */
  readonly example: Span | null
}

type Asked = { readonly features: FeatureMatrix; readonly grid: BeatGrid; readonly span: Span }

/** Where a layer is as full, or as empty, as it gets: there is nothing to put in, or to take out. */
const FULL = 0.6
const EMPTY = 0.25
/** Those that change most. */
const MOST = 4

const barsOf = ({ firstDownbeat, beatsPerBar }: BeatGrid, beats: number): readonly Span[] => {
  const bars: Span[] = []
  for (let startBeat = firstDownbeat; startBeat + beatsPerBar <= beats; startBeat += beatsPerBar)
    bars.push({ startBeat, endBeat: startBeat + beatsPerBar })
  return bars
}

/** The bar in which a layer is fullest, or emptiest. */
const exampleOf = ({ features, grid }: Asked, layer: Layer, way: Counterfactual['way']): Span | null => {
  const bars = barsOf(grid, features.beats).map((bar) => ({ bar, level: layerLevel(features, layer, bar) }))
  const [best] = bars.toSorted((a, b) => (way === 'there' ? b.level - a.level : a.level - b.level))
  return best?.bar ?? null
}

/** @returns those that would make another kind of it, the surest first; where none does, what would make it least sure */
export const counterfactualsOf = (model: SectionModel, asked: Asked): readonly Counterfactual[] => {
  const { features, grid, span } = asked
  const answer = (matrix: FeatureMatrix): Float32Array => predictSpan(model, prepareTrack(matrix, grid), span)
  const now = answer(features)
  const own = now.indexOf(Math.max(...now))
  const found = LAYERS.flatMap((layer) => {
    const level = layerLevel(features, layer, span)
    return (['there', 'away'] as const).flatMap((way) => {
      if (way === 'there' ? level > FULL : level < EMPTY) return []
      const then = answer(maskColumns(features, span, { columns: layer.columns, level: way }))
      const best = then.indexOf(Math.max(...then))
      return [{ layer, way, best, probability: then[best]!, before: now[own]!, after: then[own]! }]
    })
  })
  const changed = found.filter(({ best }) => best !== own).toSorted((a, b) => b.probability - a.probability)
  const told = changed.length > 0 ? changed : found.filter((one) => one.after < one.before)
  return told
    .toSorted((a, b) => (changed.length > 0 ? 0 : a.after - b.after))
    .slice(0, changed.length > 0 ? MOST : 1)
    .map(({ layer, best, ...one }) => ({
      ...one,
      layer: layer.name,
      kind: model.kinds[best]!,
      example: exampleOf(asked, layer, one.way),
    }))
}
