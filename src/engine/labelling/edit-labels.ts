import type { EditableTrack, EditedLabel, StoredLabel } from '../../core/labels/stored-label.ts'
import type { Track } from '../../core/library/track.ts'
import type { Store } from '../../platform/store/store.ts'
import { compareAndSet } from '../kit/compare-and-set.ts'
import { requireGrid } from '../kit/current-grid.ts'

type Planned = { readonly labels: readonly EditedLabel[] }

/** An edit that was made: what it found, what it planned, and all labels of the track after it. */
export type MadeEdit<Plan extends Planned> = {
  readonly before: EditableTrack
  readonly plan: Plan
  readonly after: readonly StoredLabel[]
}

/** @throws ANALYSIS_REQUIRED */
export const readEditable = (store: Store, track: Track): EditableTrack & { readonly revision: string } => ({
  trackId: track.id,
  grid: requireGrid(store, track).grid,
  labels: store.labels.list({ trackId: track.id }),
  revision: store.labels.revision(track.id),
})

/**
 * Edits the labels of a track as one step: all of the plan or nothing of it.
 * @param plan changes nothing: it is made anew when somebody else's edit comes first
 * @throws ANALYSIS_REQUIRED, LABELS_CHANGED, and as `plan` does
 */
export const editLabels = <Plan extends Planned>(
  store: Store,
  track: Track,
  plan: (current: ReturnType<typeof readEditable>) => Plan | Promise<Plan>,
): Promise<MadeEdit<Plan>> =>
  compareAndSet(track.id, async () => {
    const before = readEditable(store, track)
    const made = await plan(before)
    const after = store.labels.put({ trackId: track.id, revision: before.revision, labels: made.labels })
    return after && { before, plan: made, after }
  })
