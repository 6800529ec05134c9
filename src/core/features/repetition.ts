/**
 * @file Repetition: whether the sound of the next 8 beats comes again, how often and how soon.
 * Method: beat-by-beat similarity of z-scored vectors, averaged along diagonals of 8 beats, so that sequences are compared,
 * not single chords (Goto 2003, Paulus et al. 2010 §4.2); for timbre and harmony apart.
 * Conventions: similarities −1 to 1; the recurrence rank is the share of all windows of the track at least 16 beats off that
 * are as similar as the track's top tenth of pairs.
 */
import { createSeriesMemory, FLOAT_BYTES, LANES } from '../audio/series-kernels.ts'
import { beatMeans, joinColumns } from './aggregate-beats.ts'
import { beatChroma } from './beat-chroma.ts'
import { normaliseRows, standardise } from './beat-vectors.ts'
import { type Column, columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { FRAME_SHAPE } from './track-frames.ts'

const WINDOW_BEATS = 8
const LONG_WINDOW_BEATS = 16
const FAR_BEATS = 16
const LAGS_BEATS = [4, 8, 16, 32] as const

/** @returns the product of each row with the one `lag` rows after it, shape (rows − lag), valid until the next call */
const laggedProducts = (vectors: Float32Array, width: number): ((lag: number) => Float64Array) => {
  const rows = vectors.length / width
  const stride = LANES * Math.ceil(width / LANES)
  const { run, place, floats, buffer } = createSeriesMemory()
  const rowsAt = place(rows * stride * FLOAT_BYTES)
  const productsAt = place(rows * 8)
  for (let row = 0; row < rows; row++)
    floats().set(vectors.subarray(row * width, (row + 1) * width), rowsAt / FLOAT_BYTES + row * stride)
  return (lag) => {
    run.multiplyRows(rowsAt, stride / LANES, lag * stride * FLOAT_BYTES, rows - lag, productsAt)
    return new Float64Array(buffer(), productsAt, rows - lag)
  }
}

/** Mean similarity of the windows that begin at two beats, shape (windows, windows), symmetric. */
export const windowSimilarity = (vectors: Float32Array, width: number, windowBeats: number): Float32Array => {
  const beats = vectors.length / width
  const windows = Math.max(0, beats - windowBeats + 1)
  const similarity = new Float32Array(windows * windows)
  const products = laggedProducts(vectors, width)
  for (let lag = 0; lag < windows; lag++) {
    writeDiagonal(similarity, products(lag), { windows, windowBeats, lag })
  }
  return similarity
}

/** Loops that run over and over are functions of their own: the engine compiles a loop inside a function anew for each track. */
const writeDiagonal = (
  similarity: Float32Array,
  products: Float64Array,
  { windows, windowBeats, lag }: { readonly windows: number; readonly windowBeats: number; readonly lag: number },
): void => {
  let sum = 0
  for (let beat = 0; beat < products.length; beat++) {
    sum += products[beat]!
    const start = beat - windowBeats + 1
    if (start < 0) continue
    similarity[start * windows + start + lag] = similarity[(start + lag) * windows + start] = sum / windowBeats
    sum -= products[start]!
  }
}

/** The similarity that nine of ten pairs of windows stay below, comparing every third window with every third. */
const highPairs = (similarity: Float32Array, windows: number): number => {
  const sample = new Float32Array(Math.ceil(windows / 3) ** 2)
  let count = 0
  for (let a = 0; a < windows; a += 3)
    for (let b = a + FAR_BEATS; b < windows; b += 3) sample[count++] = similarity[a * windows + b]!
  return sample.subarray(0, count).sort()[Math.floor(0.9 * count)] ?? 1
}

const highestFar = (row: Float32Array, here: number): number => {
  let highest = -1
  for (let there = 0; there <= here - FAR_BEATS; there++) if (row[there]! > highest) highest = row[there]!
  for (let there = here + FAR_BEATS; there < row.length; there++) if (row[there]! > highest) highest = row[there]!
  return highest
}

const countFar = (row: Float32Array, here: number, threshold: number): number => {
  let count = 0
  for (let there = 0; there <= here - FAR_BEATS; there++) if (row[there]! >= threshold) count++
  for (let there = here + FAR_BEATS; there < row.length; there++) if (row[there]! >= threshold) count++
  return count
}

const measure = (vectors: Float32Array, width: number, windowBeats = WINDOW_BEATS): readonly Float32Array[] => {
  const beats = vectors.length / width
  const similarity = windowSimilarity(vectors, width, windowBeats)
  const windows = Math.max(0, beats - windowBeats + 1)
  const at = (a: number, b: number): number => similarity[a * windows + b]!
  const threshold = highPairs(similarity, windows)
  const best = new Float32Array(beats)
  const rank = new Float32Array(beats)
  const lags = LAGS_BEATS.map(() => new Float32Array(beats))
  for (let beat = 0; beat < beats && windows > 0; beat++) {
    const here = Math.min(beat, windows - 1)
    const row = similarity.subarray(here * windows, (here + 1) * windows)
    const all = Math.max(0, here - FAR_BEATS + 1) + Math.max(0, windows - here - FAR_BEATS)
    best[beat] = all > 0 ? highestFar(row, here) : 0
    rank[beat] = all > 0 ? countFar(row, here, threshold) / all : 0
    for (let lag = 0; lag < LAGS_BEATS.length; lag++) {
      const before = here - LAGS_BEATS[lag]!
      const after = here + LAGS_BEATS[lag]!
      lags[lag]![beat] = Math.max(before >= 0 ? at(here, before) : -1, after < windows ? at(here, after) : -1)
    }
  }
  return [best, rank, ...lags]
}

const GROUP = 'repetition and change'

const columnsOf = (what: string): readonly Column[] => [
  { name: `repeat best ${what}`, group: GROUP, roles: ['compared', 'sound', 'beat'] },
  { name: `repeat rank ${what}`, group: GROUP, roles: ['compared', 'sound', 'beat'] },
  ...columnsNamed(
    LAGS_BEATS.map((lag) => `repeat lag ${lag} ${what}`),
    { group: GROUP, roles: ['compared', 'beat'] },
  ),
]

export const repetition: FeatureExtractor = {
  columns: [
    ...columnsOf('timbre'),
    ...columnsOf('harmony'),
    ...columnsNamed(['repeat best long', 'repeat rank long'], { group: GROUP, roles: ['compared', 'beat'] }),
  ],
  parameters: {
    windowBeats: WINDOW_BEATS,
    longWindowBeats: LONG_WINDOW_BEATS,
    farBeats: FAR_BEATS,
    lagsBeats: LAGS_BEATS,
  },
  extract: (track) => {
    const bands = FRAME_SHAPE.melBands
    const timbre = normaliseRows(standardise(beatMeans(track, track.melDb, bands), bands), bands)
    const chroma = normaliseRows(standardise(beatChroma(track), 12), 12)
    const both = new Float32Array(track.beats * (bands + 12))
    for (let beat = 0; beat < track.beats; beat++) {
      both.set(timbre.subarray(beat * bands, (beat + 1) * bands), beat * (bands + 12))
      both.set(chroma.subarray(beat * 12, (beat + 1) * 12), beat * (bands + 12) + bands)
    }
    const long = measure(normaliseRows(both, bands + 12), bands + 12, LONG_WINDOW_BEATS)
    return joinColumns([...measure(timbre, bands), ...measure(chroma, 12), ...long.slice(0, 2)])
  },
}
