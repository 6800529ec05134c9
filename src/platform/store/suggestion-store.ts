import type { DatabaseSync } from 'node:sqlite'
import type { EditedLabel, StoredLabel } from '../../core/labels/stored-label.ts'
import type { ImportedSuggestion } from '../../core/suggestions/suggest-imported.ts'
import type { StoredDecision, SuggestionDecision } from '../../core/suggestions/suggestion-decision.ts'
import { changing } from './changing.ts'
import { inTransaction } from './database.ts'
import { insertDecision, readDecisions } from './decision-rows.ts'
import { decideImported, readImportedSpans, readOpenImported, readOpenTrackIds } from './imported-rows.ts'
import { markBulk, newestLabel, readLabels, writeLabels } from './label-rows.ts'
import { decisionsRevision } from './track-revision.ts'

/** A decision, and the row of the import that it is about, where it is about one. */
type PlannedDecision = {
  readonly decision: SuggestionDecision
  /** @default null */
  readonly importedId?: number | null
}

type Planned = {
  /** The answer of `SuggestionStore.revision`. */
  readonly revision: string
  /** Left out if the decision changes no labels. */
  readonly labels?: readonly EditedLabel[]
}

/** A decision, the labels of the track after it, and the state that it was planned on. */
export type DecisionPlan = Planned & PlannedDecision

/** The same for what is accepted of a track at once. */
export type AcceptancePlan = Planned & {
  readonly trackId: number
  readonly decisions: readonly PlannedDecision[]
  /** Takes these decisions back as one. */
  readonly acceptance: number
  /** Remembers the new labels as made by this step, together with many others; null where each was looked at. @default null */
  readonly bulkStep?: number | null
}

const isMadeOf = (label: StoredLabel, { startBeat, endBeat, kind }: SuggestionDecision): boolean =>
  label.startBeat === startBeat && label.endBeat === endBeat && label.kind === kind

export class SuggestionStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  decisions(trackId: number): readonly StoredDecision[] {
    return readDecisions(this.#database, trackId)
  }

  /** What imports propose and nobody has decided on, the newest import first. */
  openImported(trackId: number): readonly ImportedSuggestion[] {
    return readOpenImported(this.#database, trackId)
  }

  /** Tracks for which an import proposes something. @param importId of any import, where left out */
  tracksWithOpenImported(importId: number | null = null): readonly number[] {
    return readOpenTrackIds(this.#database, importId)
  }

  /** Everything that imports have proposed for a track, decided or not, by row. */
  importedSpans(trackId: number): ReturnType<typeof readImportedSpans> {
    return readImportedSpans(this.#database, trackId)
  }

  /** Changes with any label or decision of the track, and with its grid. */
  revision(trackId: number): string {
    return decisionsRevision(this.#database, trackId)
  }

  /**
   * Writes decisions and labels as one step.
   * @returns the track's labels; null, with nothing changed, if the track has changed since the plan
   */
  decide({ decision, importedId = null, ...plan }: DecisionPlan): readonly StoredLabel[] | null {
    const { trackId } = decision
    return inTransaction(this.#database, () =>
      this.#apply({ ...plan, trackId, decisions: [{ decision, importedId }], acceptance: null }),
    )
  }

  /** As `decide`, for several tracks in one transaction; a track that has changed since its plan is left alone. */
  accept(plans: readonly AcceptancePlan[]): readonly (readonly StoredLabel[] | null)[] {
    return inTransaction(this.#database, () => plans.map((plan) => this.#apply(plan)))
  }

  /** Forgets a decision, as if it had never been made. */
  forget(id: number): void {
    const remove = this.#database.prepare('DELETE FROM suggestion_decisions WHERE id = ?')
    changing(() => remove.run(id))
  }

  #apply({
    trackId,
    decisions,
    revision,
    labels,
    acceptance,
    bulkStep = null,
  }: Omit<AcceptancePlan, 'acceptance'> & { readonly acceptance: number | null }): readonly StoredLabel[] | null {
    if (decisionsRevision(this.#database, trackId) !== revision) return null
    const newest = bulkStep === null ? 0 : newestLabel(this.#database)
    const after =
      labels === undefined ? readLabels(this.#database, { trackId }) : writeLabels(this.#database, trackId, labels)
    for (const { decision, importedId = null } of decisions) {
      const decisionId = insertDecision(this.#database, decision)
      const made = decision.decision === 'accepted' ? after.find((label) => isMadeOf(label, decision)) : undefined
      if (importedId !== null)
        decideImported(this.#database, { id: importedId, decisionId, labelId: made?.id ?? null, acceptance })
    }
    if (bulkStep !== null)
      markBulk(
        this.#database,
        bulkStep,
        after.map(({ id }) => id).filter((id) => id > newest),
      )
    return after
  }
}
