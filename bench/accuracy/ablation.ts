/**
 * What the tags and the embedding of a network are worth to the labels of given spans: the span head alone, on grouped folds, with all labelled
 * tracks and with a few. The embedding enters as a contrast within the track: its strongest directions there, relative to what lies around.
 */

import { beatsToSeconds } from '../../src/core/beats/beat-grid.ts'
import { placesOf } from '../../src/core/features/feature-matrix.ts'
import { columnsWithRole } from '../../src/core/features/feature-spec.ts'
import { SPAN_ROW_LENGTH, spanRow } from '../../src/core/features/span-features.ts'
import { prepareTrack, type TrackContext } from '../../src/core/features/track-context.ts'
import { sumWindows, type WindowSums, windowMean } from '../../src/core/features/window-sums.ts'
import type { SectionKind } from '../../src/core/labels/section-kind.ts'
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { decodeFile } from '../../src/platform/decoding/decode-file.ts'
import { type Ears, openEars } from '../../src/platform/inference/open-ears.ts'
import { SHIPPED_EARS } from '../../src/platform/inference/shipped-ears.ts'
import { scorePairs } from './figure.ts'
import { foldSides, laySides, type Prepared } from './folds.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { projectRows } from './principal-directions.ts'
import { alignColumns } from './table.ts'
import { labelSpans, type RowOf, toTraining, trainSpans } from './train.ts'

const TRACK_COUNTS = [5, 10, 20, Number.POSITIVE_INFINITY] as const
const DIRECTIONS = 3
const AROUND_BEATS = 16

type Pair = { readonly truth: SectionKind; readonly predicted: SectionKind; readonly isSong: boolean }
/** Where the windows of a track lie along its strongest directions. */
type Directions = { readonly seconds: number; readonly values: Float32Array }

const listen = async (ears: Ears, path: string): Promise<Directions> => {
  const { embeddings, seconds } = await ears.hear((await decodeFile(path)).mono)
  return { seconds, values: projectRows(embeddings, ears.card.outputs.embedding, DIRECTIONS) }
}

const directionsByBeat = ({ grid }: GriddedTrack, { seconds, values }: Directions): WindowSums => {
  const windows = values.length / DIRECTIONS
  const beats = grid.beatCount
  const byBeat = new Float32Array(beats * DIRECTIONS)
  for (let beat = 0; beat < beats; beat++) {
    const middle = (beatsToSeconds(grid, beat) + beatsToSeconds(grid, beat + 1)) / 2
    const window = Math.max(0, Math.min(windows - 1, Math.floor(middle / seconds)))
    byBeat.set(values.subarray(window * DIRECTIONS, (window + 1) * DIRECTIONS), beat * DIRECTIONS)
  }
  const columns = Array.from({ length: DIRECTIONS }, (_, place) => `direction ${place}`)
  return sumWindows({ columns, beats, values: byBeat })
}

const withoutHeard = (gridded: GriddedTrack): TrackContext => {
  const { matrix } = gridded.context
  const heard = new Set(placesOf(matrix, columnsWithRole('voice'), 'The ablation'))
  const values = matrix.values.map((value, at) => (heard.has(at % matrix.columns.length) ? 0 : value))
  return prepareTrack({ ...matrix, values }, gridded.grid)
}

type Around = { readonly startBeat: number; readonly endBeat: number }

const rowFrom = (context: TrackContext, span: Around): Float32Array => {
  const row = new Float32Array(SPAN_ROW_LENGTH)
  spanRow(context, span, row, 0)
  return row
}

/** Of each direction: the mean in the span relative to the track, and against what lies before and after. */
const directionRow = (context: WindowSums, { startBeat, endBeat }: Around): Float32Array =>
  Float32Array.from(
    Array.from({ length: DIRECTIONS }, (_, column) => {
      const inside = windowMean(context, column, [startBeat, endBeat])
      const before = startBeat > 0 ? inside - windowMean(context, column, [startBeat - AROUND_BEATS, startBeat]) : 0
      const after =
        endBeat < context.beats ? inside - windowMean(context, column, [endBeat, endBeat + AROUND_BEATS]) : 0
      return [inside, before, after]
    }).flat(),
  )

const joined = (first: Float32Array, second: Float32Array): Float32Array => {
  const row = new Float32Array(first.length + second.length)
  row.set(first)
  row.set(second, first.length)
  return row
}

/** What is compared, by name; contexts are prepared once a track and fold. */
const variantsOf = (directions: ReadonlyMap<string, Directions>): Readonly<Record<string, RowOf>> => {
  const remember = <Context>(prepare: (gridded: GriddedTrack) => Context): ((gridded: GriddedTrack) => Context) => {
    const known = new WeakMap<GriddedTrack, Context>()
    return (gridded) => {
      const context = known.get(gridded) ?? prepare(gridded)
      known.set(gridded, context)
      return context
    }
  }
  const bare = remember(withoutHeard)
  const heard = remember((gridded) => directionsByBeat(gridded, directions.get(gridded.track.id)!))
  return {
    features: (gridded, span) => rowFrom(bare(gridded), span),
    '+ tags': (gridded, span) => rowFrom(gridded.context, span),
    '+ embedding': (gridded, span) => joined(rowFrom(bare(gridded), span), directionRow(heard(gridded), span)),
    '+ both': (gridded, span) => joined(rowFrom(gridded.context, span), directionRow(heard(gridded), span)),
  }
}

const pairsOf = async (
  train: readonly GriddedTrack[],
  test: readonly GriddedTrack[],
  rowOf: RowOf,
): Promise<readonly Pair[]> => {
  const head = await trainSpans(train, rowOf)
  return test.flatMap((gridded) => {
    const said = labelSpans(head, gridded, rowOf)
    return gridded.track.segments.flatMap(({ label, counts }, n): Pair[] =>
      label && counts ? [{ truth: label, predicted: said[n]!.label, isSong: gridded.track.isSong }] : [],
    )
  })
}

const figuresOf = (pairs: readonly Pair[]): readonly string[] =>
  [scorePairs(pairs), scorePairs(pairs.filter(({ isSong }) => !isSong))].flatMap(({ accuracy, macroF1 }) => [
    accuracy.toFixed(3),
    macroF1.toFixed(3),
  ])

export const evaluateAblation = async (
  corpus: Prepared,
  {
    seed,
    shuffles,
    onFold,
  }: { readonly seed: number; readonly shuffles: number; readonly onFold: (text: string) => void },
): Promise<string> => {
  const ears = await openEars(SHIPPED_EARS, { forced: 'cpu' })
  const directions = new Map<string, Directions>()
  for (const { track } of corpus.tracks) directions.set(track.id, await listen(ears, track.audioPath))
  await ears.close()
  const variants = variantsOf(directions)
  const pairs = new Map<string, Pair[]>()
  for (let shuffled = 0; shuffled < shuffles; shuffled++) {
    for (const [fold, sides] of foldSides(corpus, seed + shuffled).entries()) {
      onFold(`shuffle ${shuffled + 1} of ${shuffles}, fold ${fold + 1}`)
      const { train, test } = await laySides(sides.train, sides.test)
      const order = shuffle(train, createRandom(seed + shuffled + fold))
      for (const count of TRACK_COUNTS) {
        const labelled = order.slice(0, count)
        if (new Set(labelled.flatMap((one) => toTraining(one).labels.map(({ kind }) => kind))).size < 2) continue
        for (const [name, rowOf] of Object.entries(variants)) {
          const key = `${count} ${name}`
          pairs.set(key, [...(pairs.get(key) ?? []), ...(await pairsOf(labelled, test, rowOf))])
        }
      }
    }
  }
  const rows = TRACK_COUNTS.flatMap((count) =>
    Object.keys(variants).map((name) => [
      Number.isFinite(count) ? String(count) : 'all',
      name,
      ...figuresOf(pairs.get(`${count} ${name}`) ?? []),
    ]),
  )
  return alignColumns([['labelled tracks', 'columns', 'accuracy', 'macro-F1', 'dance', 'macro-F1'], ...rows])
}
