import type { Span } from '../../../core/labels/span.ts'
import type { Gesture } from './gesture.ts'

const isIn = ({ startBeat, endBeat }: Span, beat: number): boolean => startBeat <= beat && beat < endBeat

/** The press itself selects: nothing is left to move, to end or to cancel. */
export const select: Pick<Gesture<never>, 'begin'> = {
  begin: ({ beat, lane }, { labels, ghosts }) => {
    const ghost = ghosts.find((one) => isIn(one, beat))
    const label = labels.find((one) => isIn(one, beat))
    const isGhostMeant = ghost !== undefined && (lane === 'suggestions' || label === undefined)
    const selection = isGhostMeant
      ? { selectedGhost: ghost.id, selectedBeat: null }
      : { selectedGhost: null, selectedBeat: label?.startBeat ?? null }
    return { state: null, answer: { selection } }
  },
}
