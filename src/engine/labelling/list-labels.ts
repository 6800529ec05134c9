import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { type CountedLabel, type LabelStats, labelStats } from '../../core/labels/label-stats.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { StoredLabel } from '../../core/labels/stored-label.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { LabelFilter } from '../../platform/store/label-rows.ts'
import type { Store } from '../../platform/store/store.ts'
import { labelsByPieces } from '../kit/all-labels.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { type LabelView, labelView } from './label-view.ts'

const viewsOf = (store: Store, byTrack: ReadonlyMap<number, readonly StoredLabel[]>): readonly LabelView[] =>
  [...byTrack].flatMap(([trackId, labels]) => {
    const track = store.tracks.get(trackId)
    // It may have gone since its labels were read.
    if (track === null || labels.length === 0) return []
    const { grid } = requireGrid(store, track)
    return labels.map((label) => labelView(label, track, grid))
  })

export const listLabels = (store: Store, filter: LabelFilter = {}): readonly LabelView[] =>
  viewsOf(
    store,
    Map.groupBy(store.labels.list(filter), ({ trackId }) => trackId),
  )

/** All labels, or those of a kind, a piece at a time: others have their turn between. */
export async function* labelPieces(store: Store, kind?: SectionKind): AsyncGenerator<readonly LabelView[], void> {
  for await (const piece of labelsByPieces(store)) {
    const wanted = [...piece].map(([trackId, labels]): [number, readonly StoredLabel[]] => [
      trackId,
      kind === undefined ? labels : labels.filter((label) => label.kind === kind),
    ])
    yield viewsOf(store, new Map(wanted))
  }
}

/** @throws LABEL_NOT_FOUND */
export const requireLabel = (store: Store, id: number): StoredLabel => {
  const label = store.labels.get(id)
  if (label === null) throw new UserError('LABEL_NOT_FOUND', `There is no label ${id}.`)
  return label
}

/** @throws LABEL_NOT_FOUND */
export const getLabel = (store: Store, id: number): LabelView => {
  const label = requireLabel(store, id)
  const track = store.tracks.get(label.trackId)!
  return labelView(label, track, requireGrid(store, track).grid)
}

export const currentLabelStats = async (store: Store, exclude: readonly SectionKind[] = []): Promise<LabelStats> => {
  const counted: CountedLabel[] = []
  for await (const piece of labelsByPieces(store))
    for (const [trackId, labels] of piece) {
      const grid = store.grids.current(trackId)?.grid
      for (const { kind, startBeat, endBeat } of labels) {
        const durationSeconds = grid ? beatsToSeconds(grid, endBeat) - beatsToSeconds(grid, startBeat) : null
        counted.push({ trackId, kind, durationSeconds })
      }
    }
  return labelStats(counted, { exclude, minSamples: store.settings.all().minSamplesPerClass })
}
