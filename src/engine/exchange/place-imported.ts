import type { ImportedSpan } from '../../core/interop/libraries/cues-to-spans.ts'
import { carrySpans } from '../../core/labels/carry-spans.ts'
import { freeParts } from '../../core/labels/free-parts.ts'
import { type Span, spanLength } from '../../core/labels/span.ts'
import { LEAST_SUGGESTED_BEATS } from '../../core/suggestions/suggest-sections.ts'
import type { ImportChange, OfferedGrid } from '../../platform/store/import-store.ts'
import type { ImportedTrack, ProposedSpan } from '../../platform/store/imported-rows.ts'
import type { Store } from '../../platform/store/store.ts'
import { putGrid } from '../analysis/put-grid.ts'
import type { PlannedTrack } from './plan-imported-track.ts'

type KnownSpan = Omit<ProposedSpan, 'id'> & { readonly id: number | null }

/** What of the spans of a track is new, and what is there already. */
export type PlacedSpans = ImportedTrack & {
  /** Open from now on: new ones, and those that an import in between had put aside. */
  readonly opened: number
  /** Suggested, decided on or labelled before. */
  readonly alreadyThere: number
}

const REHEARSED = { id: null, isInForce: true } as const

const isSame = (a: KnownSpan, b: ImportedSpan): boolean =>
  a.kind === b.kind && a.startBeat === b.startBeat && a.endBeat === b.endBeat

/**
 * A span that an import has proposed before is not suggested a second time, and neither is one that labels leave nothing of.
 * @param rehearsed what other libraries of a dry run would have brought
 */
export const placeSpans = (
  store: Store,
  { track: { id: trackId }, spans, newGrid }: PlannedTrack,
  { program, rehearsed = [] }: { readonly program: string; readonly rehearsed?: readonly ImportedSpan[] },
): PlacedSpans => {
  const { grid } = store.grids.current(trackId)!
  const onPlannedGrid = <Part extends Span>(parts: readonly Part[]): readonly Part[] =>
    newGrid === null ? parts : carrySpans(parts, grid, newGrid)
  const labels = onPlannedGrid(store.labels.list({ trackId }))
  const proposed: readonly KnownSpan[] = [
    ...onPlannedGrid(store.imports.proposed(trackId)),
    ...rehearsed.map(({ kind, startBeat, endBeat }) => ({ kind, startBeat, endBeat, program, ...REHEARSED })),
  ]
  const suggestions: ImportedSpan[] = []
  const again: number[] = []
  let alreadyThere = 0
  for (const span of spans) {
    const known = proposed.find((one) => isSame(one, span) && (one.isInForce || one.program === program))
    if (known?.id != null) again.push(known.id)
    const isFree = freeParts(span, labels).some((part) => spanLength(part) >= LEAST_SUGGESTED_BEATS)
    if (known?.isInForce === true || !isFree) alreadyThere++
    else if (known === undefined) suggestions.push(span)
  }
  return { trackId, suggestions, again, alreadyThere, opened: spans.length - alreadyThere }
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
