/**
 * @file What sounds at each place of a bar, block of bars by block, and how alike two blocks are when one of them is moved by so many half-beats:
 * where bars run through, a pattern that comes again comes at the same place of the bar.
 * Conventions: columns are standardised over the track and weighed; a pattern is row-major, less the block's own mean per column.
 */
import type { BeatPlacement } from './bar-phase.ts'
import { type BeatRaster, CHROMA_BINS, LEVEL_BANDS } from './beat-raster.ts'
import { column, standardise } from './table-columns.ts'

const GROUPS = 3
const BANDS_PER_COLUMN = 2
const PATTERN_COLUMNS = GROUPS + LEVEL_BANDS / BANDS_PER_COLUMN + 1
/** Bands vary together, so each counts less; harmony is one column, and its changes are what tells bars of plain drums apart. */
const LEVEL_WEIGHT = 0.7
const HARMONY_WEIGHT = 1.5
const LEAST_BARS_PER_BLOCK = 2
/** Longer tracks get longer blocks, since every block is compared with every other. */
const MOST_BLOCKS = 64
/** A pattern much flatter than most is like none. */
const LEAST_NORM = 0.5

export type BarPatterns = {
  readonly blocks: number
  readonly rowsPerBlock: number
  readonly rowsPerBar: number
  readonly rowsPerHalfBeat: number
  /** As many as half-beats in a bar. */
  readonly rotations: number
  /** Shape (rows, PATTERN_COLUMNS), from the raster's first beat. */
  readonly rows: Float32Array
  /** Of one bar, twice in a row, so that nothing has to wrap around; per block. */
  readonly patterns: readonly Float32Array[]
}

/** How much the harmony of the beat from here on differs from that of the beat before. */
const harmonyChanges = ({ rows, chroma }: BeatRaster, rowsPerBeat: number): Float64Array => {
  const changes = new Float64Array(rows)
  for (let row = rowsPerBeat; row + rowsPerBeat <= rows; row++) {
    let sum = 0
    for (let bin = 0; bin < CHROMA_BINS; bin++) {
      let difference = 0
      for (let ahead = 0; ahead < rowsPerBeat; ahead++)
        difference += chroma[(row + ahead) * CHROMA_BINS + bin]! - chroma[(row - 1 - ahead) * CHROMA_BINS + bin]!
      sum += difference * difference
    }
    changes[row] = Math.sqrt(sum)
  }
  return changes
}

/** The rows of the raster from `firstRow` on, as columns that weigh alike. */
const weighRows = (raster: BeatRaster, firstRow: number, rowsPerBeat: number): Float32Array => {
  const table = new Float32Array((raster.rows - firstRow) * PATTERN_COLUMNS)
  const write = (at: number, values: Float64Array, weight: number): void => {
    for (let row = firstRow; row < raster.rows; row++)
      table[(row - firstRow) * PATTERN_COLUMNS + at] = weight * values[row]!
  }
  for (let group = 0; group < GROUPS; group++)
    write(group, standardise(column(raster.onsets, GROUPS, group).map(Math.sqrt)), 1)
  for (let band = 0; band < LEVEL_BANDS; band += BANDS_PER_COLUMN) {
    const [lower, upper] = [column(raster.levels, LEVEL_BANDS, band), column(raster.levels, LEVEL_BANDS, band + 1)]
    for (let row = 0; row < lower.length; row++) lower[row] = lower[row]! + upper[row]!
    write(GROUPS + band / BANDS_PER_COLUMN, standardise(lower), LEVEL_WEIGHT)
  }
  write(PATTERN_COLUMNS - 1, standardise(harmonyChanges(raster, rowsPerBeat)), HARMONY_WEIGHT)
  return table
}

const patternOf = (rows: Float32Array, firstRow: number, rowsPerBar: number, bars: number): Float32Array => {
  const width = rowsPerBar * PATTERN_COLUMNS
  const pattern = new Float32Array(2 * width)
  for (let bar = 0; bar < bars; bar++) {
    const from = (firstRow + bar * rowsPerBar) * PATTERN_COLUMNS
    for (let n = 0; n < width; n++) pattern[n]! += rows[from + n]! / bars
  }
  for (let at = 0; at < PATTERN_COLUMNS; at++) {
    let sum = 0
    for (let n = at; n < width; n += PATTERN_COLUMNS) sum += pattern[n]!
    for (let n = at; n < width; n += PATTERN_COLUMNS) pattern[n]! -= sum / rowsPerBar
  }
  pattern.copyWithin(width, 0, width)
  return pattern
}

export const barPatterns = (
  raster: BeatRaster,
  { firstBeatRow, rowsPerBeat }: BeatPlacement,
  metre: number,
): BarPatterns => {
  const rowsPerBar = rowsPerBeat * metre
  const bars = Math.floor((raster.rows - firstBeatRow) / rowsPerBar)
  const barsPerBlock = Math.max(LEAST_BARS_PER_BLOCK, Math.ceil(bars / MOST_BLOCKS))
  const blocks = Math.floor(bars / barsPerBlock)
  const rowsPerBlock = barsPerBlock * rowsPerBar
  const rows = weighRows(raster, firstBeatRow, rowsPerBeat)
  const patterns = Array.from({ length: blocks }, (_, block) =>
    patternOf(rows, block * rowsPerBlock, rowsPerBar, barsPerBlock),
  )
  return { blocks, rowsPerBlock, rowsPerBar, rowsPerHalfBeat: rowsPerBeat / 2, rotations: 2 * metre, rows, patterns }
}

/** Sum of products of a pattern and another that begins `from` values later. */
const product = (one: Float32Array, other: Float32Array, from: number): number => {
  let [first, second] = [0, 0]
  for (let n = 0; n < one.length >> 1; n += 2) {
    first += one[n]! * other[n + from]!
    second += one[n + 1]! * other[n + 1 + from]!
  }
  return first + second
}

/** How like two blocks are, −1 to 1, if the second one's bars begin so many half-beats later; shape (rotations, blocks, blocks). */
export const likeBlocks = ({ blocks, rotations, rowsPerHalfBeat, patterns }: BarPatterns): Float32Array => {
  const like = new Float32Array(rotations * blocks * blocks)
  const norms = patterns.map((pattern) => Math.sqrt(product(pattern, pattern, 0)))
  const usual = [...norms].sort((a, b) => a - b)[blocks >> 1]!
  const lengths = norms.map((norm) => Math.max(norm, LEAST_NORM * usual, 1e-9))
  for (let one = 0; one < blocks; one++)
    for (let other = one + 1; other < blocks; other++)
      for (let turn = 0; turn < rotations; turn++) {
        const from = turn * rowsPerHalfBeat * PATTERN_COLUMNS
        const value = product(patterns[one]!, patterns[other]!, from) / (lengths[one]! * lengths[other]!)
        like[(turn * blocks + one) * blocks + other] = value
        like[(((rotations - turn) % rotations) * blocks + other) * blocks + one] = value
      }
  return like
}

/** Of some blocks, each moved by its turn: the mean pattern of a bar, twice in a row. */
export const meanPattern = (
  { patterns, rowsPerHalfBeat }: BarPatterns,
  blocks: readonly { readonly block: number; readonly turn: number }[],
): Float32Array => {
  const width = patterns[0]!.length / 2
  const mean = new Float32Array(2 * width)
  for (const { block, turn } of blocks)
    for (let n = 0; n < width; n++) mean[n]! += patterns[block]![n + turn * rowsPerHalfBeat * PATTERN_COLUMNS]!
  mean.copyWithin(width, 0, width)
  return mean
}

/** How like a row of the track is to a row of a bar. */
export const likeRow = ({ rows }: BarPatterns, row: number, pattern: Float32Array, place: number): number => {
  let sum = 0
  for (let n = 0; n < PATTERN_COLUMNS; n++)
    sum += rows[row * PATTERN_COLUMNS + n]! * pattern[place * PATTERN_COLUMNS + n]!
  return sum
}
