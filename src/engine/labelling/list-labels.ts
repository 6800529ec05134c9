import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { type LabelStats, labelStats } from '../../core/labels/label-stats.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { StoredLabel } from '../../core/labels/stored-label.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { LabelFilter } from '../../platform/store/label-rows.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { type LabelView, labelView } from './label-view.ts'

export const listLabels = (store: Store, filter: LabelFilter = {}): readonly LabelView[] =>
  [...Map.groupBy(store.labels.list(filter), ({ trackId }) => trackId)].flatMap(([trackId, labels]) => {
    const track = store.tracks.get(trackId)!
    const { grid } = requireGrid(store, track)
    return labels.map((label) => labelView(label, track, grid))
  })

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

export const currentLabelStats = (store: Store, exclude: readonly SectionKind[] = []): LabelStats => {
  const byTrack = Map.groupBy(store.labels.list(), ({ trackId }) => trackId)
  const counted = [...byTrack].flatMap(([trackId, labels]) => {
    const grid = store.grids.current(trackId)?.grid
    return labels.map(({ kind, startBeat, endBeat }) => {
      const durationSeconds = grid ? beatsToSeconds(grid, endBeat) - beatsToSeconds(grid, startBeat) : null
      return { trackId, kind, durationSeconds }
    })
  })
  return labelStats(counted, { exclude, minSamples: store.settings.all().minSamplesPerClass })
}
