/** @file The order in which deciding on suggestions teaches a model most: uncertainty times diversity, over many tracks. */
import type { SectionKind } from '../labels/section-kind.ts'

/** Everything that the order needs from a suggestion. */
export type Teachable = { readonly trackId: number; readonly kind: SectionKind; readonly confidence: number }

/** How many of the least sure are weighed against each other; no others are unsure enough to come before them. */
export const WEIGHED_TOGETHER = 50

const byConfidence = (a: Teachable, b: Teachable): number => a.confidence - b.confidence

/** The more suggestions of a kind come before it, the less the next one teaches. */
const byWorth = <One extends Teachable>(suggestions: readonly One[]): readonly One[] => {
  const asked = new Map<SectionKind, number>()
  const worth = ({ confidence, kind }: One): number => (1 - confidence) / (1 + (asked.get(kind) ?? 0))
  const open = new Set(suggestions)
  return suggestions.map(() => {
    const next = [...open].reduce((best, one) => (worth(one) > worth(best) ? one : best))
    open.delete(next)
    asked.set(next.kind, (asked.get(next.kind) ?? 0) + 1)
    return next
  })
}

/** The n-th suggestion of a track comes only after the (n−1)-th of every other, because many tracks teach more than one. */
export const inTeachingOrder = <One extends Teachable>(suggestions: readonly One[]): readonly One[] => {
  const rounds: One[][] = []
  for (const own of Map.groupBy(suggestions, ({ trackId }) => trackId).values())
    own.toSorted(byConfidence).forEach((suggestion, round) => {
      rounds[round] ??= []
      rounds[round].push(suggestion)
    })
  return rounds.flatMap((round) => {
    const unsurest = round.toSorted(byConfidence)
    const groups = Array.from({ length: Math.ceil(round.length / WEIGHED_TOGETHER) }, (_, group) =>
      unsurest.slice(group * WEIGHED_TOGETHER, (group + 1) * WEIGHED_TOGETHER),
    )
    return groups.flatMap(byWorth)
  })
}
