import type { GridVersion } from '../../core/beats/grid-version.ts'
import { carrySpans } from '../../core/labels/carry-spans.ts'
import type { NewGrid } from '../../platform/store/grid-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { compareAndSet } from '../kit/compare-and-set.ts'

/**
 * Puts a new grid of a track in force and moves labels and decisions onto it by time; older versions are kept.
 * @param plan changes nothing, and is called again where somebody else's edit came first; null gives up
 * @returns the grid in force, or null where the plan gave up
 * @throws LABELS_CHANGED, and as `plan` does
 */
export const putGrid = async (
  store: Store,
  trackId: number,
  plan: (current: GridVersion | null) => Omit<NewGrid, 'trackId'> | null,
): Promise<GridVersion | null> => {
  const { put } = await compareAndSet(trackId, async () => {
    const revision = store.suggestions.revision(trackId)
    const current = store.grids.current(trackId)
    const [labels, decisions] = [store.labels.list({ trackId }), store.suggestions.decisions(trackId)]
    const planned = plan(current)
    if (planned === null) return { put: null }
    const from = current?.grid ?? planned.grid
    const added = store.grids.add({
      ...planned,
      trackId,
      revision,
      labels: carrySpans(labels, from, planned.grid),
      decisions: carrySpans(decisions, from, planned.grid),
    })
    return added && { put: added }
  })
  return put
}
