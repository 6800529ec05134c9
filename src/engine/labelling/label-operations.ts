import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import type { Label } from '../../core/labels/label.ts'
import { type LabelStats, labelStats } from '../../core/labels/label-stats.ts'
import { paintLabel } from '../../core/labels/paint-label.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { type LabelRequest, type LabelWarning, validateLabel } from '../../core/labels/validate-label.ts'
import type { Track } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import { digestOf } from '../../platform/store/digest.ts'
import type { LabelFilter, StoredLabel } from '../../platform/store/label-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatures, requireGrid } from '../kit/current-grid.ts'

/** A label as every interface shows it; the times come from the grid in force. */
export type LabelView = {
  readonly id: number
  readonly track_id: number
  readonly content_hash: string
  readonly track_path: string | null
  readonly label_value: SectionKind
  readonly start_beat: number
  readonly end_beat: number
  readonly start_time_seconds: number
  readonly end_time_seconds: number
  readonly source: string
  readonly created_at: string
}

export type AddedLabels = {
  /** Those that were asked for, then what is new because a label was split. */
  readonly labels: readonly LabelView[]
  /** Labels that were there already, with the same span and kind; only with `keepEqual`. */
  readonly unchanged: readonly LabelView[]
  readonly warnings: readonly LabelWarning[]
}

export type AddLabelOptions = {
  readonly overlap?: 'refuse' | 'trim'
  /** A label that is there already, with the same span and kind, is left as it is instead of being an overlap. */
  readonly keepEqual?: boolean
}

const viewOf = (label: StoredLabel, track: Track, grid: BeatGrid): LabelView => ({
  id: label.id,
  track_id: track.id,
  content_hash: track.audioDigest,
  track_path: track.locations[0]?.path ?? null,
  label_value: label.kind,
  start_beat: label.startBeat,
  end_beat: label.endBeat,
  start_time_seconds: beatsToSeconds(grid, label.startBeat),
  end_time_seconds: beatsToSeconds(grid, label.endBeat),
  source: label.source,
  created_at: label.createdAt,
})

export const listLabels = (store: Store, filter: LabelFilter = {}): readonly LabelView[] =>
  [...Map.groupBy(store.labels.list(filter), ({ trackId }) => trackId)].flatMap(([trackId, labels]) => {
    const track = store.tracks.get(trackId)!
    const { grid } = requireGrid(store, track)
    return labels.map((label) => viewOf(label, track, grid))
  })

/**
 * The same for the same labels on the same grid: what an editor was looking at when it changed them. On a new grid the old beats
 * mean other places.
 */
export const labelsRevision = (store: Store, track: Track): string => {
  const labels = store.labels.list({ trackId: track.id })
  const spans = labels.map(({ id, kind, startBeat, endBeat, source }) => [id, kind, startBeat, endBeat, source])
  return digestOf(JSON.stringify([store.grids.current(track.id)?.digest ?? null, spans])).slice(0, 16)
}

type AddRequest = AddLabelOptions & {
  readonly requests: readonly LabelRequest[]
  /** Read already, where many labels are added one by one. */
  readonly features?: FeatureMatrix | null
}

/** Adds labels to a track as one step: all of them or, when one is wrong, none. @throws as `validateLabel` does */
export const addLabels = (
  store: Store,
  track: Track,
  { requests, overlap = 'refuse', keepEqual = false, features = currentFeatures(store, track) }: AddRequest,
): AddedLabels => {
  const { grid } = requireGrid(store, track)
  const warnings: LabelWarning[] = []
  const unchanged: Label[] = []
  const asked: Label[] = []
  const before = new Set(store.labels.list({ trackId: track.id }).map(({ id }) => id))
  const after = store.labels.edit(track.id, (existing) =>
    requests.reduce<readonly EditedLabel[]>((labels, request) => {
      const valid = validateLabel(request, { grid, labels, overlap: keepEqual ? 'trim' : overlap, features })
      if (keepEqual && labels.some((label) => isEqual(label, valid.label))) {
        unchanged.push(valid.label)
        return labels
      }
      if (keepEqual && overlap === 'refuse') validateLabel(request, { grid, labels })
      warnings.push(...valid.warnings)
      asked.push(valid.label)
      return paintLabel(labels, valid.label).labels
    }, existing),
  )
  const view = (label: StoredLabel): LabelView => viewOf(label, track, grid)
  const kept = after.filter((label) => unchanged.some((one) => isEqual(one, label)))
  const isAsked = (label: Label): boolean => asked.some((one) => isEqual(one, label))
  const added = after.filter(({ id }) => !before.has(id))
  const labels = [...added.filter(isAsked), ...added.filter((label) => !isAsked(label))]
  return { labels: labels.map(view), unchanged: kept.map(view), warnings }
}

type EditedLabel = Label & { readonly id?: number }

const isEqual = (a: Label, b: Label): boolean =>
  a.kind === b.kind && a.startBeat === b.startBeat && a.endBeat === b.endBeat

/** A label of a whole set: with its id, it is the one that was there, changed or not. */
export type LabelReplacement = LabelRequest & { readonly id?: number | undefined }

export type ReplaceLabelsOptions = {
  /** What `labelsRevision` said of the labels that were edited; left out, nobody else's edit is looked for. */
  readonly revision?: string | undefined
}

/**
 * Makes the labels of a track exactly these, as one step. @returns all labels of the track
 * @throws as `validateLabel` does, LABEL_NOT_FOUND for an id the track does not have, LABELS_CHANGED
 */
export const replaceLabels = (
  store: Store,
  track: Track,
  { requests, revision }: ReplaceLabelsOptions & { readonly requests: readonly LabelReplacement[] },
): { readonly labels: readonly LabelView[]; readonly warnings: readonly LabelWarning[] } => {
  const { grid } = requireGrid(store, track)
  if (revision !== undefined && revision !== labelsRevision(store, track))
    throw new UserError('LABELS_CHANGED', `Labels or grid of track ${track.id} are not those that were edited.`, {
      labels: listLabels(store, { trackId: track.id }),
    })
  const warnings: LabelWarning[] = []
  const after = store.labels.edit(track.id, (existing) => {
    const byId = new Map(existing.map((label) => [label.id, label]))
    const labels = requests.map(({ id, ...request }): EditedLabel => {
      const before = id === undefined ? undefined : byId.get(id)
      if (id !== undefined && !before) throw new UserError('LABEL_NOT_FOUND', `Track ${track.id} has no label ${id}.`)
      const valid = validateLabel(request, { grid, labels: [], overlap: 'trim' })
      warnings.push(...valid.warnings)
      const isKept = before !== undefined && isEqual(before, valid.label)
      return isKept ? before : { ...valid.label, ...(before ? { id: before.id } : {}) }
    })
    requireApart(grid, labels)
    return labels
  })
  return { labels: after.map((label) => viewOf(label, track, grid)), warnings }
}

/** Only neighbours need to be compared: a track of three hours has thousands of labels. @throws LABEL_OVERLAP */
const requireApart = (grid: BeatGrid, labels: readonly EditedLabel[]): void => {
  const inOrder = labels.toSorted((a, b) => a.startBeat - b.startBeat)
  for (const [at, label] of inOrder.entries()) {
    const before = inOrder[at - 1]
    if (before !== undefined) validateLabel(label, { grid, labels: [before] })
  }
}

export type LabelUpdate = Omit<LabelRequest, 'kind' | 'source'> & { readonly kind?: unknown }

/**
 * Gives a label another kind or span; it is then the user's. What is left out stays.
 * @throws LABEL_NOT_FOUND, and as `validateLabel` does
 */
export const updateLabel = (
  store: Store,
  id: number,
  { overlap = 'refuse', ...update }: LabelUpdate & Pick<AddLabelOptions, 'overlap'>,
): AddedLabels & { readonly trackId: number } => {
  const before = requireLabel(store, id)
  const track = store.tracks.get(before.trackId)!
  const { grid } = requireGrid(store, track)
  const request = {
    kind: update.kind ?? before.kind,
    startBeat: update.startBeat ?? (update.startSeconds == null ? before.startBeat : null),
    endBeat: update.endBeat ?? (update.endSeconds == null ? before.endBeat : null),
    startSeconds: update.startSeconds,
    endSeconds: update.endSeconds,
  }
  let warnings: readonly LabelWarning[] = []
  const after = store.labels.edit(track.id, (existing) => {
    const others = existing.filter((label) => label.id !== id)
    const valid = validateLabel(request, { grid, labels: others, overlap })
    warnings = valid.warnings
    const label = isEqual(before, valid.label) ? before : { ...valid.label, id }
    return paintLabel(others, label).labels
  })
  const changed = after.find((label) => label.id === id)!
  return { trackId: track.id, labels: [viewOf(changed, track, grid)], unchanged: [], warnings }
}

const requireLabel = (store: Store, id: number): StoredLabel => {
  const label = store.labels.get(id)
  if (label === null) throw new UserError('LABEL_NOT_FOUND', `There is no label ${id}.`)
  return label
}

/** @throws LABEL_NOT_FOUND */
export const getLabel = (store: Store, id: number): LabelView => {
  const label = requireLabel(store, id)
  const track = store.tracks.get(label.trackId)!
  return viewOf(label, track, requireGrid(store, track).grid)
}

/** @throws LABEL_NOT_FOUND */
export const deleteLabel = (store: Store, id: number): void => {
  if (!store.labels.delete(id)) throw new UserError('LABEL_NOT_FOUND', `There is no label ${id}.`)
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
