import type { Duel } from '../../../core/evaluation/duel.ts'
import type { SectionKind } from '../../../core/labels/section-kind.ts'
import { UserError } from '../../../core/support/user-error.ts'
import { countText } from '../../../core/units/count-text.ts'
import { percentText } from '../../../core/units/percent-text.ts'
import type { Store } from '../../../platform/store/store.ts'
import { allLabels } from '../../kit/all-labels.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { judgeVersions } from '../../versions/judge-versions.ts'
import { type ModelCard, parseModelCard } from '../../versions/model-card.ts'

/** What the last session of labelling brought. */
export type FeltProgress = {
  /** The newest version that was trained here, and the one before it; null where there is none. */
  readonly version: number | null
  readonly before: number | null
  /** Labels that the newest version has not learnt from. */
  readonly labelsSince: number
  /** The newest beside the one before, on labels that neither can know. */
  readonly duel: Pick<Duel, 'labels' | 'tracks' | 'accuracy' | 'difference' | 'band' | 'verdict'> | null
  /** Kinds that the newest is poorest at, the poorest first. */
  readonly weak: readonly { readonly kind: SectionKind; readonly f1: number; readonly labels: number }[]
  readonly words: readonly string[]
}

/** Kinds below it are told as weak. */
const WEAK_F1 = 0.8
const MOST_WEAK = 3

/** Of all labels: those of a part of the library are compared with their own kind in their reports. */
const trainedCards = (store: Store): readonly ModelCard[] =>
  store.models.versions().flatMap((version) => {
    try {
      const card = parseModelCard(store.models.summary(version))
      return card.imported === null && card.scope === null ? [card] : []
    } catch (error) {
      if (error instanceof UserError) return []
      throw error
    }
  })

const points = (share: number): string => {
  const rounded = Math.round(share * 100)
  return rounded === 0 ? '0' : `${rounded < 0 ? '−' : '+'}${Math.abs(rounded)}`
}

const comparedWords = (newest: ModelCard, before: ModelCard, duel: FeltProgress['duel']): string => {
  const more = newest.lineage.labels.length - before.lineage.labels.length
  const learnt =
    more > 0
      ? `v${newest.version} learnt from ${countText(more, 'label')} more than v${before.version}.`
      : `v${newest.version} learnt from no more labels than v${before.version}.`
  if (duel === null) return `${learnt} There are too few labels that neither has learnt from to compare them.`
  const [now, then] = duel.accuracy
  const on = `On the same ${countText(duel.labels, 'label')} of ${countText(duel.tracks)}`
  const figures = `it gets ${percentText(now)} right instead of ${percentText(then)}`
  const band = `${points(duel.difference)} points, between ${points(duel.band.low)} and ${points(duel.band.high)}`
  const chance = duel.verdict === 'open' ? '; that may be chance' : ''
  return `${learnt} ${on}, ${figures}: ${band}${chance}.`
}

const weakKinds = ({ scoreboard: { kinds, scores } }: ModelCard): FeltProgress['weak'] =>
  kinds
    .map((kind, at) => ({ kind, f1: scores.classes[at]!.f1, labels: scores.classes[at]!.support }))
    .filter(({ f1 }) => f1 < WEAK_F1)
    .toSorted((a, b) => a.f1 - b.f1)
    .slice(0, MOST_WEAK)

const weakWords = (card: ModelCard, weak: FeltProgress['weak']): readonly string[] => [
  ...(weak.length === 0
    ? []
    : [
        `Still weak: ${weak.map(({ kind, f1, labels }) => `${kind} (F1 ${percentText(f1)} of ${countText(labels, 'label')})`).join(', ')}.`,
      ]),
  ...card.scoreboard.advice.filter(({ code }) => code === 'CLASSES_CONFUSED').map(({ text }) => text),
]

/** What got better with the last training, and what is still weak. */
export const feltProgress = async (workspace: Workspace): Promise<FeltProgress> => {
  const { store } = workspace
  const [newest, before] = trainedCards(store).toSorted((a, b) => b.version - a.version)
  const labels = await allLabels(store)
  if (newest === undefined)
    return { version: null, before: null, labelsSince: labels.length, duel: null, weak: [], words: [] }
  const known = new Set(newest.lineage.labels.map(({ id }) => id))
  const labelsSince = labels.filter(({ id }) => !known.has(id)).length
  const judged = before && (await judgeVersions(workspace)).find(({ version }) => version === newest.version)
  const duel = judged?.rivals.find(({ version }) => version === before?.version)?.duel ?? null
  const weak = weakKinds(newest)
  return {
    version: newest.version,
    before: before?.version ?? null,
    labelsSince,
    duel: duel && {
      labels: duel.labels,
      tracks: duel.tracks,
      accuracy: duel.accuracy,
      difference: duel.difference,
      band: duel.band,
      verdict: duel.verdict,
    },
    weak,
    words: [
      before === undefined
        ? `v${newest.version} is the first that learnt from your labels: what you train next is compared with it.`
        : comparedWords(newest, before, duel),
      ...weakWords(newest, weak),
      ...(labelsSince === 0
        ? []
        : [
            `You have made ${countText(labelsSince, 'label')} since v${newest.version}: train again to see what they bring.`,
          ]),
    ],
  }
}
