import type { SectionKind } from '../../core/labels/section-kind.ts'
import { UserError } from '../../core/support/user-error.ts'
import { DOUBTED_CHANCE } from '../../core/training/doubted-chance.ts'
import type { Store } from '../../platform/store/store.ts'
import { type ModelCard, parseModelCard } from '../versions/model-card.ts'

/** A label that was brought in, and what the newest version would call it, which had not seen it. */
export type DoubtedName = { readonly kind: SectionKind; readonly likely: SectionKind }

/** Of the newest version; null where there is none that can be read. */
export const newestCard = (store: Store): ModelCard | null => {
  const newest = Math.max(0, ...store.models.versions())
  if (newest === 0) return null
  try {
    return parseModelCard(store.models.summary(newest))
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

/**
 * Names that came from another program and that the model does not believe, by the id of the label. Other cues of the same library taught it
 * what such sections sound like; what the person labelled here is never doubted.
 */
export const doubtedNames = (store: Store): ReadonlyMap<number, DoubtedName> => {
  const card = newestCard(store)
  // A version of somebody else's library knows other labels by the same numbers.
  if (card === null || card.imported !== null) return new Map()
  const guesses = new Map(card.outOfFold.map((guess) => [guess.labelId, guess]))
  return new Map(
    card.lineage.labels.flatMap(({ id, label: kind, source }): [number, DoubtedName][] => {
      const guess = guesses.get(id)
      const chance = guess?.probabilities?.[card.labels.indexOf(kind)]
      if (source !== 'imported' || guess === undefined || chance === undefined || chance >= DOUBTED_CHANCE) return []
      return [[id, { kind, likely: guess.predicted }]]
    }),
  )
}
