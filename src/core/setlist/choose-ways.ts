/**
 * @file Which of the ways from each track into the next a set is played by.
 * Method: dynamic programming along the set, so that every track has come in before it goes out, as far as that is possible; then by how
 * good the ways are. What a person has chosen is the only way of its step.
 * Conventions: steps are numbers from 0, from each place into the next; beats are those of the track that is spoken of.
 */
import type { Span } from '../labels/span.ts'

export type ChainedWay = {
  /** Windows in beats of their own track. */
  readonly from: Span
  readonly to: Span
  readonly score: number | null
  /** Whether the wish allows it. */
  readonly isAllowed: boolean
}

/** More than all scores of a set: a track that goes out before it has come in cannot be played; a wish can be broken. */
const [UNPLAYABLE, UNWISHED] = [1e6, 1e3] as const

type Reached = { readonly value: number; readonly before: number }

/**
 * @param steps the ways of each step, of equal ones the first counts; none where the two tracks cannot be mixed
 * @param aloneBeats of the track that each step leaves, how long it is heard alone at least
 * @returns the place of a way for each step; −1 where there is none
 */
export const chooseWays = (
  steps: readonly (readonly ChainedWay[])[],
  aloneBeats: readonly number[],
): readonly number[] => {
  const reached: Reached[][] = []
  for (const [step, ways] of steps.entries()) {
    const earlier = steps[step - 1] ?? []
    reached.push(
      ways.map((way) => {
        const own = (way.score ?? 0) - (way.isAllowed ? 0 : UNWISHED)
        let best: Reached = { value: own, before: -1 }
        for (const [at, previous] of earlier.entries()) {
          const isIn = previous.to.endBeat + aloneBeats[step]! <= way.from.startBeat + 1e-6
          const value = reached[step - 1]![at]!.value + own - (isIn ? 0 : UNPLAYABLE)
          if (best.before < 0 || value > best.value) best = { value, before: at }
        }
        return best
      }),
    )
  }
  const chosen = steps.map(() => -1)
  for (let step = steps.length - 1, next = -1; step >= 0; step--) {
    const values = reached[step]!.map(({ value }) => value)
    chosen[step] = next >= 0 ? next : values.indexOf(Math.max(...values))
    next = reached[step]![chosen[step]!]?.before ?? -1
  }
  return chosen
}
