import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { labelStats } from '../../core/labels/label-stats.ts'
import { planAddedLabels } from '../../core/labels/plan-added-labels.ts'
import { planReplacedLabels } from '../../core/labels/plan-replaced-labels.ts'
import { planUpdatedLabel } from '../../core/labels/plan-updated-label.ts'
import { MIN_SAMPLES_PER_CLASS } from '../../core/labels/readiness.ts'
import type { EditableTrack, EditedLabel, StoredLabel } from '../../core/labels/stored-label.ts'
import { UserError } from '../../core/support/user-error.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { readLabel, readLabels, revisionOf, writeLabels } from '../../platform/catalogue/label-rows.ts'
import { type CatalogueTrack, readTracks } from '../../platform/catalogue/track-rows.ts'
import { decodeFeatures } from '../../platform/store/feature-cache.ts'
import { addedLabels } from '../labelling/add-labels.ts'
import type { MadeEdit } from '../labelling/edit-labels.ts'
import { type LabelView, labelView } from '../labelling/label-view.ts'
import type { LabellingActions } from '../labelling/labelling-actions.ts'
import { requireRevision } from '../labelling/labels-changed.ts'
import { featuresKey } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'
import { editWork, type Gridded, requireGridded } from './edit-work.ts'
import type { People } from './people.ts'
import { offering } from './refusing.ts'
import { sharedSuggestions } from './shared-suggestions.ts'
import { requireShared } from './shared-tracks.ts'
import type { TeamSectionActions } from './team-sections.ts'

const noLabel = (id: number): UserError => new UserError('LABEL_NOT_FOUND', `There is no label ${id}.`)

/** Labels belong to the team of whoever asks: those of others are neither seen nor touched. */
export const sharedLabelling = (
  catalogue: Catalogue,
  people: People,
  sections: TeamSectionActions,
): LabellingActions => {
  const { sql, objects } = catalogue

  const edit = async <Plan extends { readonly labels: readonly EditedLabel[] }>(
    shared: Gridded,
    plan: (current: EditableTrack & { readonly revision: string }) => Plan,
  ): Promise<MadeEdit<Plan>> =>
    editWork(catalogue, people.requireLabeller(), shared, async (held) => {
      const { trackId, teamId, labels, revision } = held
      const current = { trackId, grid: held.kept.grid, labels, revision }
      const made = plan(current)
      const after = await writeLabels(held.sql, held, { trackId, before: labels, labels: made.labels })
      await putEvent(held.sql, teamId, { type: 'labels', trackIds: [trackId] })
      return { before: current, plan: made, after }
    })

  const featuresOf = async ({ track, grid, analysis }: CatalogueTrack): Promise<FeatureMatrix | null> => {
    const bytes =
      analysis?.gridDigest === grid?.digest &&
      analysis &&
      (await objects.get(featuresKey({ ...analysis, audioDigest: track.audioDigest })))
    return bytes ? decodeFeatures(bytes) : null
  }

  const viewsOf = async (labels: readonly StoredLabel[]): Promise<readonly LabelView[]> => {
    const tracks = await readTracks(sql, people.current().teamId, [...new Set(labels.map(({ trackId }) => trackId))])
    const byId = new Map(tracks.map((shared) => [shared.track.id, shared]))
    return labels.flatMap((label) => {
      const shared = byId.get(label.trackId)
      return shared?.grid ? [labelView(label, shared.track, shared.grid.grid)] : []
    })
  }

  const ownLabel = async (id: number): Promise<{ readonly label: StoredLabel; readonly shared: Gridded }> => {
    const label = await readLabel(sql, people.current().teamId, id)
    if (label === null) throw noLabel(id)
    return { label, shared: requireGridded(await requireShared(sql, people.current(), String(label.trackId))) }
  }

  const paint: LabellingActions['paint'] = async (reference, requests, options) => {
    people.requireLabeller()
    const shared = requireGridded(await requireShared(sql, people.current(), reference))
    const features = await featuresOf(shared)
    const made = await edit(shared, ({ grid, labels }) =>
      planAddedLabels({ grid, labels, features }, requests, options),
    )
    return addedLabels(shared.track, made)
  }

  return offering<LabellingActions>('labelling', {
    paint,
    add: (track, request, options) => paint(track, [request], options),
    replace: async (reference, requests, { revision } = {}) => {
      people.requireLabeller()
      const { track, ...rest } = requireGridded(await requireShared(sql, people.current(), reference))
      const { before, plan, after } = await edit({ track, ...rest }, (current) => {
        requireRevision(track, current, revision)
        return planReplacedLabels(current, requests)
      })
      return { labels: after.map((label) => labelView(label, track, before.grid)), warnings: plan.warnings }
    },
    update: async (id, update, options) => {
      people.requireLabeller()
      const { shared } = await ownLabel(id)
      const { before, plan, after } = await edit(shared, (current) => {
        if (!current.labels.some((label) => label.id === id)) throw noLabel(id)
        return planUpdatedLabel(current, id, { ...update, ...options })
      })
      const changed = after.find((label) => label.id === id)!
      return { labels: [labelView(changed, shared.track, before.grid)], unchanged: [], warnings: plan.warnings }
    },
    get: async (id) => {
      const { label, shared } = await ownLabel(id)
      return labelView(label, shared.track, shared.grid.grid)
    },
    list: async ({ track, kind } = {}) => {
      const { teamId } = people.current()
      const trackIds =
        track === undefined ? {} : { trackIds: [(await requireShared(sql, people.current(), track)).track.id] }
      return viewsOf(await readLabels(sql, { teamId, ...trackIds, ...(kind === undefined ? {} : { kind }) }))
    },
    pieces: async (kind) => {
      const views = await viewsOf(
        await readLabels(sql, { teamId: people.current().teamId, ...(kind === undefined ? {} : { kind }) }),
      )
      return (async function* () {
        yield views
      })()
    },
    revision: async (reference) => {
      const { teamId } = people.current()
      const { track, grid } = await requireShared(sql, people.current(), reference)
      return revisionOf(grid?.digest ?? null, await readLabels(sql, { teamId, trackIds: [track.id] }))
    },
    delete: async (id) => {
      people.requireLabeller()
      const { shared } = await ownLabel(id)
      await edit(shared, ({ labels }) => {
        if (!labels.some((label) => label.id === id)) throw noLabel(id)
        return { labels: labels.filter((label) => label.id !== id) }
      })
    },
    stats: async (exclude = []) => {
      const labels = await readLabels(sql, { teamId: people.current().teamId })
      const tracks = await readTracks(sql, people.current().teamId, [...new Set(labels.map(({ trackId }) => trackId))])
      const grids = new Map(tracks.map(({ track, grid }) => [track.id, grid?.grid]))
      const counted = labels.map(({ trackId, kind, startBeat, endBeat }) => {
        const grid = grids.get(trackId)
        const durationSeconds = grid ? beatsToSeconds(grid, endBeat) - beatsToSeconds(grid, startBeat) : null
        return { trackId, kind, durationSeconds }
      })
      return labelStats(counted, { exclude, minSamples: MIN_SAMPLES_PER_CLASS })
    },
    lenses: offering<LabellingActions['lenses']>('labelling.lenses', { list: async () => [], kinds: async () => [] }),
    teaching: offering<LabellingActions['teaching']>('labelling.teaching', { bulkLabels: async () => [] }),
    suggestions: sharedSuggestions(catalogue, people, sections, featuresOf),
  })
}
