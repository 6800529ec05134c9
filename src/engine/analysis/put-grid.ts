import type { GridVersion } from '../../core/beats/grid-version.ts'
import { carrySpansBack, type SpanMove } from '../../core/labels/carry-spans.ts'
import type { NewGrid } from '../../platform/store/grid-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { compareAndSet } from '../kit/compare-and-set.ts'
import { movesOf } from './restored-grid.ts'

/** A grid to come into force. */
type PlannedGrid = Omit<NewGrid, 'trackId'> & {
  /** How labels came from this grid to the one that it takes the place of, where it was in force just before that. */
  readonly takesBack?: readonly SpanMove[]
}

/** Pieces as long as those that the whole was joined from. */
const cutInto = <Part>(
  whole: readonly Part[],
  pieces: readonly (readonly unknown[])[],
): readonly (readonly Part[])[] => {
  const starts = pieces.map((_, at) => pieces.slice(0, at).reduce((sum, { length }) => sum + length, 0))
  return pieces.map(({ length }, at) => whole.slice(starts[at], starts[at]! + length))
}

/**
 * Puts a new grid of a track in force and moves labels, decisions, suggestions of imports and windows of transitions onto it by time; older versions are kept.
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
    const imported = store.suggestions.importedSpans(trackId)
    const windows = store.transitions.windowsOf(trackId)
    const carriedAlong = [labels, decisions, imported, windows.out, windows.into] as const
    const spans = carriedAlong.flat()
    const planned = plan(current)
    if (planned === null) return { put: null }
    const { takesBack = [], ...grid } = planned
    const carried = carrySpansBack(spans, { from: current?.grid ?? grid.grid, to: grid.grid, moves: takesBack })
    const [newLabels, newDecisions, newImported, out, into] = cutInto(carried, carriedAlong)
    const added = store.grids.add({
      ...grid,
      trackId,
      revision,
      labels: newLabels!,
      decisions: newDecisions!,
      imported: newImported!,
      windows: { out: out!, into: into! },
      moves: movesOf(spans, carried),
    })
    return added && { put: added }
  })
  return put
}
