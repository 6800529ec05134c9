import type { GridVersion } from '../../core/beats/grid-version.ts'
import { type CarriedSpan, carrySpansBack, type SpanMove } from '../../core/labels/carry-spans.ts'
import type { NewGrid } from '../../platform/store/grid-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { compareAndSet } from '../kit/compare-and-set.ts'

/** A grid to come into force. */
type PlannedGrid = Omit<NewGrid, 'trackId'> & {
  /** How labels came from this grid to the one that it takes the place of, where it was in force just before that. */
  readonly takesBack?: readonly SpanMove[]
}

const movesOf = (before: readonly CarriedSpan[], after: readonly CarriedSpan[]): readonly SpanMove[] =>
  before.map(({ startBeat, endBeat }, index) => {
    const to = after[index]!
    return { from: { startBeat, endBeat }, to: { startBeat: to.startBeat, endBeat: to.endBeat } }
  })

/**
 * Puts a new grid of a track in force and moves labels, decisions and suggestions of imports onto it by time; older versions are kept.
 * @param plan changes nothing, and is called again where somebody else's edit came first; null gives up
 * @returns the grid in force, or null where the plan gave up
 * @throws LABELS_CHANGED, and as `plan` does
 */
export const putGrid = async (
  store: Store,
  trackId: number,
  plan: (current: GridVersion | null) => PlannedGrid | null,
): Promise<GridVersion | null> => {
  const { put } = await compareAndSet(trackId, async () => {
    const revision = store.suggestions.revision(trackId)
    const current = store.grids.current(trackId)
    const [labels, decisions] = [store.labels.list({ trackId }), store.suggestions.decisions(trackId)]
    const spans = [...labels, ...decisions, ...store.suggestions.importedSpans(trackId)]
    const ends = [labels.length, labels.length + decisions.length] as const
    const planned = plan(current)
    if (planned === null) return { put: null }
    const { takesBack = [], ...grid } = planned
    const from = current?.grid ?? grid.grid
    const carried = carrySpansBack(spans, { from, to: grid.grid, moves: takesBack })
    const added = store.grids.add({
      ...grid,
      trackId,
      revision,
      labels: carried.slice(0, ends[0]),
      decisions: carried.slice(...ends),
      imported: carried.slice(ends[1]),
      moves: movesOf(spans, carried),
    })
    return added && { put: added }
  })
  return put
}
