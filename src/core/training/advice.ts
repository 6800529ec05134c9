/**
 * @file What to do when a figure is poor, in words.
 * Conventions: codes are stable; texts name the figures they are about. All figures are out-of-fold unless they say "training".
 */

import type { ClassificationScores } from '../evaluation/classification-scores.ts'
import { findImbalance } from '../labels/imbalance.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { countText } from '../units/count-text.ts'
import { percentText } from '../units/percent-text.ts'
import type { Rivalry } from './rivals.ts'

type AdviceCode =
  | 'BETTER_MODEL'
  | 'LOW_ACCURACY'
  | 'FEW_TRACKS'
  | 'CLASSES_CONFUSED'
  | 'OVERFIT_SUSPECTED'
  | 'CLASS_IMBALANCE'
  | 'NOT_BETTER_THAN_POSITION'

export type Advice = { readonly code: AdviceCode; readonly text: string }

type Figures = {
  readonly kinds: readonly SectionKind[]
  readonly scores: ClassificationScores
  readonly trainAccuracy: number
  readonly baselines: readonly { readonly name: string; readonly accuracy: number }[]
  /** What could be used instead, those that do better first. */
  readonly rivals: readonly Pick<Rivalry, 'duel' | 'text'>[]
}

/** The user guide calls a model with a lower accuracy poor. */
const POOR_ACCURACY = 0.6
/** Labels from fewer tracks than this say more about those tracks than about the kind. */
const FEW_TRACKS = 5
/** Worth a word if this share of a kind's labels is taken for one other kind. */
const CONFUSED_SHARE = 0.2
const CONFUSED_LABELS = 3
/** Trees always know their training rows well, so only a gap this wide on top of a poor figure points to too little data. */
const WIDE_GAP = 0.25

const percent = (share: number): string => percentText(share, 0)

const confusionAdvice = ({ kinds, scores }: Figures): Advice[] =>
  kinds.flatMap((truth, row) =>
    kinds.flatMap((taken, column) => {
      const count = scores.confusion[row]![column]!
      const { support } = scores.classes[row]!
      if (row === column || count < CONFUSED_LABELS || count < CONFUSED_SHARE * support) return []
      return [
        {
          code: 'CLASSES_CONFUSED' as const,
          text: `${count} of ${support} ${truth} labels are taken for ${taken}: check these labels, and add ${truth} labels from more tracks.`,
        },
      ]
    }),
  )

const fewTracksAdvice = (kinds: readonly SectionKind[], tracksOfKind: readonly number[]): Advice[] =>
  kinds.flatMap((kind, index) =>
    tracksOfKind[index]! < FEW_TRACKS
      ? [
          {
            code: 'FEW_TRACKS' as const,
            text: `${kind} is labelled in only ${countText(tracksOfKind[index]!)}: label it in at least ${FEW_TRACKS}, so that the model learns the kind and not the track.`,
          },
        ]
      : [],
  )

/** @param tracksOfKind tracks with labels of each kind */
export const adviseOn = (figures: Figures, tracksOfKind: readonly number[]): Advice[] => {
  const { kinds, scores, trainAccuracy, baselines } = figures
  // The better model wins, so it is named before anything else.
  const advice: Advice[] = figures.rivals.flatMap(({ duel, text }) =>
    duel?.verdict === 'worse' ? [{ code: 'BETTER_MODEL', text }] : [],
  )
  if (scores.accuracy < POOR_ACCURACY)
    advice.push({
      code: 'LOW_ACCURACY',
      text: `Only ${percent(scores.accuracy)} of the labels are predicted right: add labels, preferably from new tracks, and check that each kind means the same everywhere.`,
    })
  const position = baselines.find(({ name }) => name === 'position only')
  if (position && scores.accuracy <= position.accuracy)
    advice.push({
      code: 'NOT_BETTER_THAN_POSITION',
      text: `Guessing by position alone is right ${percent(position.accuracy)} of the time: the model has learnt nothing from the sound yet. Label more tracks.`,
    })
  advice.push(...fewTracksAdvice(kinds, tracksOfKind), ...confusionAdvice(figures))
  if (trainAccuracy - scores.accuracy >= WIDE_GAP)
    advice.push({
      code: 'OVERFIT_SUSPECTED',
      text: `${percent(trainAccuracy)} right in training, but ${percent(scores.accuracy)} on unseen tracks: more tracks help, more labels of the same tracks do not.`,
    })
  const supports = scores.classes.map(({ support }) => support)
  const imbalance = findImbalance(Object.fromEntries(kinds.map((kind, index) => [kind, supports[index]!])))
  if (imbalance)
    advice.push({
      code: 'CLASS_IMBALANCE',
      text: `${imbalance.most} has ${Math.max(...supports)} labels and ${imbalance.least} only ${Math.min(...supports)}: add more ${imbalance.least} labels.`,
    })
  return advice
}
