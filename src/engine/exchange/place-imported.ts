import { freeParts } from '../../core/labels/free-parts.ts'
import { spanLength } from '../../core/labels/span.ts'
import { LEAST_SUGGESTED_BEATS } from '../../core/suggestions/suggest-sections.ts'
import type { ImportChange, OfferedGrid } from '../../platform/store/import-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { putGrid } from '../analysis/put-grid.ts'
import type { PlannedTrack } from './plan-imported-track.ts'

/** The spans that labels leave anything of: the others are decided already. */
export const newSpans = (store: Store, { track, spans }: PlannedTrack) => {
  const labels = store.labels.list({ trackId: track.id })
  return spans.filter((span) => freeParts(span, labels).some((part) => spanLength(part) >= LEAST_SUGGESTED_BEATS))
}

/** Grids of the other program that the person may choose instead of ours. */
export const offersOf = (planned: readonly PlannedTrack[]): readonly OfferedGrid[] =>
  planned.flatMap(({ track, offeredGrid }) => (offeredGrid === null ? [] : [{ trackId: track.id, edit: offeredGrid }]))

/** Puts the grids of the other program in force, where they are wanted. @returns what is to be taken back */
export const takeGrids = async (
  store: Store,
  program: string,
  planned: readonly PlannedTrack[],
): Promise<readonly ImportChange[]> => {
  const changes: ImportChange[] = []
  for (const { track, newGrid } of planned) {
    if (newGrid === null) continue
    const before = store.grids.current(track.id)!
    const after = await putGrid(store, track.id, (current) =>
      current?.digest === before.digest ? { origin: 'edited', edit: `import ${program}`, grid: newGrid } : null,
    )
    if (after !== null && after.version !== before.version)
      changes.push({
        trackId: track.id,
        what: 'grid',
        before: JSON.stringify(before.version),
        after: JSON.stringify(after.version),
      })
  }
  return changes
}
