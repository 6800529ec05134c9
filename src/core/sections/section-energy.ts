/**
 * @file Energy of a section, on the scale of that of a track.
 * Conventions: the curve of a track has one value a bar from the first downbeat on, 0 to 1; a bar that a span touches counts whole.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import { energyLevel } from '../features/energy.ts'
import type { Span } from '../labels/span.ts'

/** Mean of the bars of a span, 0 to 1; null where the curve says nothing. */
export const energyOfSpan = (
  curve: readonly number[],
  grid: Pick<BeatGrid, 'firstDownbeat' | 'beatsPerBar'>,
  { startBeat, endBeat }: Span,
): number | null => {
  const barOf = (beat: number): number => (beat - grid.firstDownbeat) / grid.beatsPerBar
  const first = Math.max(0, Math.min(curve.length - 1, Math.floor(barOf(startBeat))))
  const bars = curve.slice(first, Math.max(first + 1, Math.ceil(barOf(endBeat))))
  return bars.length === 0 ? null : bars.reduce((sum, value) => sum + value, 0) / bars.length
}

/** As a whole number, 1 to 10, like that of a track. */
export const sectionEnergy = (...of: Parameters<typeof energyOfSpan>): number | null => {
  const share = energyOfSpan(...of)
  return share === null ? null : energyLevel(share)
}
