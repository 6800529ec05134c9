import type { ForeignAnchor, ForeignCue, ForeignGrid } from './foreign-library.ts'

/** Programs write marks in the order in which they were set; those of one time stay as they were. */
export const sortCues = (cues: readonly ForeignCue[]): readonly ForeignCue[] =>
  cues.toSorted((a, b) => a.startSeconds - b.startSeconds)

/** @returns anchors in their order, of those at one time the last; null without any */
export const gridOfAnchors = (anchors: readonly ForeignAnchor[]): ForeignGrid | null => {
  if (anchors.length === 0) return null
  const atTime = new Map(anchors.map((anchor) => [anchor.seconds, anchor]))
  return { anchors: [...atTime.values()].sort((a, b) => a.seconds - b.seconds), beats: null }
}
