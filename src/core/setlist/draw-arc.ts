/**
 * @file Drawing an energy arc by hand.
 * Method: an arc is drawn over a few points at even distances; a stroke moves every point that it passes.
 * Conventions: energies from 0 to 1, in hundredths; points are numbers from 0.
 */
import { arcAt } from './energy-arc.ts'

/** Enough for every shape that DJs speak of, and few enough to walk through by keys. */
export const DRAWN_POINTS = 9

const hundredths = (value: number): number => Math.round(Math.max(0, Math.min(1, value)) * 100) / 100

/** Any arc as one that can be drawn on. */
export const drawnArc = (arc: readonly number[]): readonly number[] =>
  arc.length === DRAWN_POINTS ? arc : [...arcAt(arc, DRAWN_POINTS)].map(hundredths)

export const withPoint = (arc: readonly number[], point: number, energy: number): readonly number[] =>
  arc.with(point, hundredths(energy))

/** Where the hand is: `along` from 0 at the beginning of the set to 1 at its end. */
export type ArcSpot = { readonly along: number; readonly energy: number }

/** @param before where the hand was last; null where it has just come down, which moves the nearest point */
export const withStroke = (arc: readonly number[], before: ArcSpot | null, now: ArcSpot): readonly number[] => {
  const steps = arc.length - 1
  const at = ({ along }: ArcSpot): number => Math.max(0, Math.min(1, along)) * steps
  if (before === null) return withPoint(arc, Math.round(at(now)), now.energy)
  const [from, to] = [at(before), at(now)]
  return arc.map((energy, point) => {
    if (point < Math.min(from, to) || point > Math.max(from, to)) return energy
    const share = from === to ? 1 : (point - from) / (to - from)
    return hundredths(before.energy + share * (now.energy - before.energy))
  })
}
