import type { GridVersion } from '../../core/beats/grid-version.ts'
import { carrySpans } from '../../core/labels/carry-spans.ts'
import type { NewGrid } from '../../platform/store/grid-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { compareAndSet } from './compare-and-set.ts'

/**
 * Puts a new grid of a track in force and moves labels and decisions onto it by time; older versions are kept.
 * @param plan pure: made anew when somebody else's edit comes first
 * @throws LABELS_CHANGED, and as `plan` does
 */
export const putGrid = (
  store: Store,
  trackId: number,
  plan: (current: GridVersion | null) => Omit<NewGrid, 'trackId'> | Promise<Omit<NewGrid, 'trackId'>>,
): Promise<GridVersion> =>
  compareAndSet(trackId, async () => {
    const revision = store.suggestions.revision(trackId)
    const current = store.grids.current(trackId)
    const [labels, decisions] = [store.labels.list({ trackId }), store.suggestions.decisions(trackId)]
    const planned = await plan(current)
    const from = current?.grid ?? planned.grid
    return store.grids.add({
      ...planned,
      trackId,
      revision,
      labels: carrySpans(labels, from, planned.grid),
      decisions: carrySpans(decisions, from, planned.grid),
    })
  })
