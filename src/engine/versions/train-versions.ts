import { countLabels, type LabelCounts } from '../../core/labels/label-counts.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { UserError } from '../../core/support/user-error.ts'
import { labelShortage } from '../../core/training/require-enough-labels.ts'
import { countText } from '../../core/units/count-text.ts'
import type { Scope } from '../../platform/store/scope-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { Workspace } from '../kit/workspace.ts'
import { scopeProblem, tracksInScope } from './answering-version.ts'
import { proposingVersion } from './base-model.ts'
import type { ModelCard } from './model-card.ts'
import { proofOf } from './prove-scopes.ts'
import { requireScope } from './scope-actions.ts'
import { type TrainingOutcome, type TrainOptions, trainModel } from './train-model.ts'

/** What came of training for a scope. */
export type ScopedTraining = {
  readonly scopeId: number
  readonly name: string
  /** Null where no model was made. */
  readonly card: ModelCard | null
  readonly isProven: boolean
  /** Why no model was made, or how it does beside the general one on the labels of the scope. */
  readonly text: string
}

export type TrainVersionsOptions = Omit<TrainOptions, 'scope' | 'folds' | 'part'> & {
  /** Ids of scopes to train for, too. @default none */
  readonly scopes?: readonly number[] | undefined
  /** Whether a model for all of the library is made. @default true */
  readonly general?: boolean | undefined
}

export type TrainedVersions = {
  /** Null where it was not asked for. */
  readonly general: TrainingOutcome | null
  readonly scoped: readonly ScopedTraining[]
}

/** Labels of a scope by kind, without the kinds that are left out. */
export const scopeLabelCounts = (store: Store, scope: Scope, exclude: readonly SectionKind[]): LabelCounts =>
  countLabels(
    [...store.labels.ofTracks(tracksInScope(store, scope)).values()]
      .flat()
      .filter(({ kind }) => !exclude.includes(kind)),
  )

/** What a scope can be trained on: kinds with too few labels there are left out, or else why it cannot be trained. */
const plannedKinds = (
  store: Store,
  scope: Scope,
  exclude: readonly SectionKind[],
): {
  readonly exclude: readonly SectionKind[]
  readonly few: readonly SectionKind[]
  readonly error: string | null
} => {
  const { minSamplesPerClass: minSamples } = store.settings.all()
  const counts = scopeLabelCounts(store, scope, exclude)
  const few = SECTION_KINDS.filter((kind) => counts[kind] > 0 && counts[kind] < minSamples)
  const leftOut = [...new Set([...exclude, ...few])]
  const { error } = labelShortage(counts, { minSamples, exclude: leftOut })
  const problem = scopeProblem(store, scope)
  if (problem !== null || error === null) return { exclude: leftOut, few, error: problem }
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return {
    exclude: leftOut,
    few,
    error: `Two kinds need ${minSamples} labels each; ${scope.name} has ${countText(total, 'label')}${
      few.length === 0 ? '' : ` (${few.map((kind) => `${counts[kind]} ${kind}`).join(', ')})`
    }.`,
  }
}

/** @throws NEED_MORE_LABELS where none of the scopes can be trained @throws VALIDATION_FAILED where none is named @throws SCOPE_NOT_FOUND */
export const requireTrainableScopes = (
  store: Store,
  scopes: readonly number[],
  exclude: readonly SectionKind[],
): void => {
  if (scopes.length === 0)
    throw new UserError('VALIDATION_FAILED', 'Without a version for all of the library, name a scope to train for.')
  const errors = scopes.map((id) => plannedKinds(store, requireScope({ store }, id), exclude).error)
  const [first] = errors
  if (errors.every((error) => error !== null)) throw new UserError('NEED_MORE_LABELS', first ?? '')
}

/**
 * Trains one model for all of the library, and one for each of the scopes on the same folds, so that what they say of a label can be
 * compared. A scope that cannot be trained stops nothing.
 * @throws as `trainModel`, and where only scopes are asked for and none can be trained
 */
export const trainVersions = async (
  workspace: Workspace,
  { scopes = [], general = true, ...options }: TrainVersionsOptions,
): Promise<TrainedVersions> => {
  const { store } = workspace
  const exclude = options.exclude ?? []
  const wanted = [...new Set(scopes)].map((id) => requireScope(workspace, id))
  if (!general) requireTrainableScopes(store, scopes, exclude)
  const count = wanted.length + (general ? 1 : 0)
  const whole = general ? await trainModel(workspace, { ...options, part: { index: 0, count } }) : null
  const scoped: ScopedTraining[] = []
  for (const [at, scope] of wanted.entries()) {
    const of = { scopeId: scope.id, name: scope.name }
    const planned = plannedKinds(store, scope, exclude)
    if (planned.error !== null) {
      scoped.push({ ...of, card: null, isProven: false, text: planned.error })
      continue
    }
    try {
      const { card } = await trainModel(workspace, {
        ...options,
        exclude: planned.exclude,
        scope,
        part: { index: at + (general ? 1 : 0), count },
        ...(whole === null ? {} : { folds: whole.folds }),
      })
      const against = whole?.card.version ?? proposingVersion(store)
      const { isProven, text } = await proofOf(workspace, scope, { version: card.version, against })
      const without = planned.few.length === 0 ? '' : ` It knows no ${planned.few.join(', ')}: too few labels there.`
      scoped.push({ ...of, card, isProven, text: `${text}${without}` })
    } catch (error) {
      options.signal?.throwIfAborted()
      if (!(error instanceof UserError) || !general) throw error
      scoped.push({ ...of, card: null, isProven: false, text: error.message })
    }
  }
  return { general: whole, scoped }
}
