import type { DatabaseSync } from 'node:sqlite'
import type { EditedLabel, StoredLabel } from '../../core/labels/stored-label.ts'
import type { StoredDecision, SuggestionDecision } from '../../core/suggestions/suggestion-decision.ts'
import { changing } from './changing.ts'
import { inTransaction } from './database.ts'
import { insertDecision, readDecisions } from './decision-rows.ts'
import { readLabels, writeLabels } from './label-rows.ts'
import { decisionsRevision } from './track-revision.ts'

/** A decision, the labels of the track after it, and the state that it was planned on. */
export type DecisionPlan = {
  readonly decision: SuggestionDecision
  /** The answer of `SuggestionStore.revision`. */
  readonly revision: string
  /** Left out if the decision changes no labels. */
  readonly labels?: readonly EditedLabel[]
}

export class SuggestionStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  decisions(trackId: number): readonly StoredDecision[] {
    return readDecisions(this.#database, trackId)
  }

  /** Changes with any label or decision of the track, and with its grid. */
  revision(trackId: number): string {
    return decisionsRevision(this.#database, trackId)
  }

  /**
   * Writes the decision and the labels as one step.
   * @returns the track's labels; null, with nothing changed, if the track has changed since the plan
   */
  decide({ decision, revision, labels }: DecisionPlan): readonly StoredLabel[] | null {
    const { trackId } = decision
    return inTransaction(this.#database, () => {
      if (decisionsRevision(this.#database, trackId) !== revision) return null
      insertDecision(this.#database, decision)
      return labels === undefined
        ? readLabels(this.#database, { trackId })
        : writeLabels(this.#database, trackId, labels)
    })
  }

  /** Forgets a decision, as if it had never been made. */
  forget(id: number): void {
    const remove = this.#database.prepare('DELETE FROM suggestion_decisions WHERE id = ?')
    changing(() => remove.run(id))
  }
}
