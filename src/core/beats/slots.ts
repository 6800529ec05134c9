/**
 * @file Gathers rows of the raster into slots of equal length (half-beats, beats or bars), so that one set of features answers every
 * question of phase: which half-beat is the beat, which beat the downbeat, which bar the phrase start.
 */
import { type BeatRaster, CHROMA_BINS, LEVEL_BANDS } from './beat-raster.ts'

export type Slots = {
  readonly count: number
  /** Onset at the slot's start: low, middle, high; shape (count, 3). */
  readonly onsets: Float32Array
  /** Highest onset in the middle of the slot (where its second half starts), shape (count, 3); zero when a slot is one row. */
  readonly middleOnsets: Float32Array
  /** Mean onset of the slot's remaining rows, shape (count, 3). */
  readonly otherOnsets: Float32Array
  readonly levels: Float32Array
  readonly chroma: Float32Array
  /** The slot that starts together with the first sound of the recording; null when none does. */
  readonly soundStart: number | null
}

/** A recording that starts on the beat does so within this; chance alone hits a beat at 120 BPM one time in ten. */
const START_TOLERANCE_SECONDS = 0.025

/** Slots start at `firstRow` and every `rowsPerSlot` rows from there; an unfinished last slot is left out. */
export const gatherSlots = (raster: BeatRaster, firstRow: number, rowsPerSlot: number): Slots => {
  const count = Math.max(0, Math.floor((raster.rows - firstRow) / rowsPerSlot))
  const slots: Slots = {
    count,
    onsets: new Float32Array(count * 3),
    middleOnsets: new Float32Array(count * 3),
    otherOnsets: new Float32Array(count * 3),
    levels: new Float32Array(count * LEVEL_BANDS),
    chroma: new Float32Array(count * CHROMA_BINS),
    soundStart: findSoundStart(raster, { firstRow, rowsPerSlot, count }),
  }
  const middle = rowsPerSlot >> 1
  const others = Math.max(1, rowsPerSlot - 2)
  for (let slot = 0; slot < count; slot++) {
    for (let offset = 0; offset < rowsPerSlot; offset++) {
      const row = firstRow + slot * rowsPerSlot + offset
      for (let group = 0; group < 3; group++) {
        const onset = raster.onsets[row * 3 + group]!
        if (offset === 0) slots.onsets[slot * 3 + group] = onset
        else if (offset === middle) slots.middleOnsets[slot * 3 + group] = onset
        else slots.otherOnsets[slot * 3 + group]! += onset / others
      }
      addMean(slots.levels, raster.levels, { slot, row, width: LEVEL_BANDS, share: 1 / rowsPerSlot })
      addMean(slots.chroma, raster.chroma, { slot, row, width: CHROMA_BINS, share: 1 / rowsPerSlot })
    }
  }
  return slots
}

const findSoundStart = (
  raster: BeatRaster,
  layout: { readonly firstRow: number; readonly rowsPerSlot: number; readonly count: number },
): number | null => {
  const { soundStartSeconds } = raster
  if (soundStartSeconds === null) return null
  for (let slot = 0; slot < layout.count; slot++) {
    const distance = raster.rowSeconds[layout.firstRow + slot * layout.rowsPerSlot]! - soundStartSeconds
    if (Math.abs(distance) <= START_TOLERANCE_SECONDS) return slot
    if (distance > START_TOLERANCE_SECONDS) return null
  }
  return null
}

const addMean = (
  into: Float32Array,
  from: Float32Array,
  at: { readonly slot: number; readonly row: number; readonly width: number; readonly share: number },
): void => {
  for (let n = 0; n < at.width; n++) into[at.slot * at.width + n]! += from[at.row * at.width + n]! * at.share
}
