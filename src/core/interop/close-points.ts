import type { Seconds } from '../units/units.ts'
import type { ForeignLabel } from './labelled-track.ts'

/** Of labels by start, lets each that has no length reach to the next later start; the last one stays open. */
export const closePoints = (labels: readonly ForeignLabel[]): readonly ForeignLabel[] => {
  const closed: ForeignLabel[] = []
  let nextStart: Seconds | null = null
  let laterStart: Seconds | null = null
  for (const label of labels.toSorted((a, b) => (a.startSeconds ?? 0) - (b.startSeconds ?? 0)).reverse()) {
    const { startSeconds, endSeconds } = label
    if (nextStart !== null && startSeconds !== null && nextStart > startSeconds) laterStart = nextStart
    closed.push(endSeconds === null || endSeconds === startSeconds ? { ...label, endSeconds: laterStart } : label)
    nextStart = startSeconds
  }
  return closed.reverse()
}
