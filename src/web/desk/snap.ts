import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { snapBoundary, snapToBeat } from '../../core/beats/snap.ts'

export const SNAPS = ['bar', 'beat'] as const
/** `bar`: a pull towards bars and phrases; `beat`: the nearest beat. Labels always lie on beats. */
export type Snap = (typeof SNAPS)[number]

/** People point about this many pixels off, so less exactly the further they are zoomed out. */
const POINTING_DEVIATION_PIXELS = 5
const LEAST_UNCERTAINTY_BEATS = 1 / 3

/** @returns the whole beat that was meant by a position, in beats */
export const meantBeat = (
  grid: BeatGrid,
  position: number,
  { snap, pixelsPerBeat }: { readonly snap: Snap; readonly pixelsPerBeat: number },
): number =>
  snap === 'bar'
    ? snapBoundary(grid, position, Math.max(LEAST_UNCERTAINTY_BEATS, POINTING_DEVIATION_PIXELS / pixelsPerBeat))
    : snapToBeat(grid, position)
