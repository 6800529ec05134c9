import { scoreConfusion } from '../../core/evaluation/classification-scores.ts'
import type { Duel } from '../../core/evaluation/duel.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { rivalryOf } from '../../core/training/rivals.ts'
import type { Workspace } from '../kit/workspace.ts'
import { askVersions } from './ask-versions.ts'
import type { ModelCard } from './model-card.ts'
import { type ModelDetails, showModel } from './model-operations.ts'

type Figures = { readonly accuracy: number; readonly f1Score: number; readonly calibrationError: number | null }

export type ModelComparison = {
  readonly versions: readonly [ModelDetails, ModelDetails]
  readonly kinds: {
    readonly both: readonly SectionKind[]
    readonly onlyFirst: readonly SectionKind[]
    readonly onlySecond: readonly SectionKind[]
  }
  /**
   * Where the figures come from: the same labels of this library, which neither can know; or, where there are too few of
   * them, the report of each, on labels of its own. Always of the kinds that both know.
   */
  readonly basis: 'your_labels' | 'reports' | null
  readonly figures: readonly [Figures, Figures] | null
  /** The second minus the first. */
  readonly difference: Figures | null
  /** The duel on the labels of this library, seen from the first. */
  readonly duel: Duel | null
  readonly text: string
  /** Whether both were trained and measured on the same labels. */
  readonly sameLabels: boolean
}

const labelKeys = ({ card }: ModelDetails): string =>
  (card?.lineage.labels ?? [])
    .map(({ track, label, startBeat, endBeat }) =>
      [card!.lineage.tracks[track]?.audioDigest, label, startBeat, endBeat].join(' '),
    )
    .sort()
    .join('\n')

/** Figures of a report without the kinds that the other does not know: neither their labels nor what was taken for them. */
const reportFigures = ({ scoreboard }: ModelCard, kinds: readonly SectionKind[]): Figures => {
  const places = kinds.map((kind) => scoreboard.kinds.indexOf(kind))
  const { accuracy, macroF1 } = scoreConfusion(
    places.map((row) => places.map((column) => scoreboard.scores.confusion[row]?.[column] ?? 0)),
  )
  const isWhole = kinds.length === scoreboard.kinds.length
  return { accuracy, f1Score: macroF1, calibrationError: isWhole ? scoreboard.calibrationError : null }
}

const duelFigures = ({ accuracy, macroF1, calibrationError }: Duel, side: 0 | 1): Figures => ({
  accuracy: accuracy[side],
  f1Score: macroF1[side],
  calibrationError: calibrationError[side],
})

const subtract = ([one, other]: readonly [Figures, Figures]): Figures => ({
  accuracy: other.accuracy - one.accuracy,
  f1Score: other.f1Score - one.f1Score,
  calibrationError:
    one.calibrationError === null || other.calibrationError === null
      ? null
      : other.calibrationError - one.calibrationError,
})

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const compareVersions = async (workspace: Workspace, one: number, other: number): Promise<ModelComparison> => {
  const { store } = workspace
  const versions = [showModel(store, one), showModel(store, other)] as const
  const [first, second] = versions
  const isUsable = first.isCompatible && second.isCompatible
  const { labels, contenders } = isUsable
    ? await askVersions(workspace, versions)
    : { labels: [], contenders: new Map() }
  const empty = ({ kinds }: ModelDetails) => ({ kinds, answers: [] })
  const { duel, text, onlyOurs, onlyTheirs } = rivalryOf(labels, contenders.get(one) ?? empty(first), {
    ...(contenders.get(other) ?? empty(second)),
    name: `v${other}`,
    version: other,
  })
  const both = first.kinds.filter((kind) => second.kinds.includes(kind))
  const figures: ModelComparison['figures'] =
    duel !== null
      ? [duelFigures(duel, 0), duelFigures(duel, 1)]
      : first.card && second.card && both.length > 1
        ? [reportFigures(first.card, both), reportFigures(second.card, both)]
        : null
  return {
    versions,
    kinds: { both, onlyFirst: onlyOurs, onlySecond: onlyTheirs },
    basis: duel !== null ? 'your_labels' : figures !== null ? 'reports' : null,
    figures,
    difference: figures && subtract(figures),
    duel,
    text,
    sameLabels: first.card !== null && second.card !== null && labelKeys(first) === labelKeys(second),
  }
}
