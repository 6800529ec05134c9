import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { planAddedLabels } from '../../core/labels/plan-added-labels.ts'
import { isSectionKind } from '../../core/labels/section-kind.ts'
import type { StoredLabel } from '../../core/labels/stored-label.ts'
import { acceptedLabel } from '../../core/suggestions/accepted-label.ts'
import { suggestSections } from '../../core/suggestions/suggest-sections.ts'
import type { Suggestion } from '../../core/suggestions/suggestion.ts'
import type { StoredDecision } from '../../core/suggestions/suggestion-decision.ts'
import { UserError } from '../../core/support/user-error.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { readLabels, writeLabels } from '../../platform/catalogue/label-rows.ts'
import { forgetDecision, putDecision, readDecisions } from '../../platform/catalogue/work-rows.ts'
import { addedLabels } from '../labelling/add-labels.ts'
import { decisionOf } from '../labelling/decide-suggestion.ts'
import { rejectedAmong } from '../labelling/rejected-suggestions.ts'
import type { SuggestionActions } from '../labelling/suggestion-actions.ts'
import type { Catalogue } from './catalogue.ts'
import { editWork, type Gridded, type HeldWork, requireGridded } from './edit-work.ts'
import type { People } from './people.ts'
import { offering } from './refusing.ts'
import { requireShared } from './shared-tracks.ts'
import type { ReadTrack, TeamSectionActions } from './team-sections.ts'

const DEFAULT_LIMIT = 200

/** What the version that a team has chosen, or else the one that ships, proposes for a track, and what the team says of it. */
export const sharedSuggestions = (
  catalogue: Catalogue,
  people: People,
  { proposing, stored, made }: TeamSectionActions,
  featuresOf: (shared: Gridded) => Promise<FeatureMatrix | null>,
): SuggestionActions => {
  const { sql } = catalogue

  /** What is read of the track as it is now; nothing until workers have measured it. */
  const readOf = async (shared: Gridded): Promise<ReadTrack | null> => {
    const { teamId } = people.current()
    const version = await proposing(teamId)
    return shared.analysis?.gridDigest === shared.grid.digest && version > 0
      ? made({ teamId, shared }, version)
      : stored({ teamId, shared }, version)
  }

  const listed = (
    { track, grid }: Gridded,
    read: ReadTrack | null,
    { labels, decisions }: { readonly labels: readonly StoredLabel[]; readonly decisions: readonly StoredDecision[] },
  ): readonly Suggestion[] =>
    read === null ? [] : suggestSections({ ...read, track, grid: grid.grid, labels, decisions })

  const require = (shared: Gridded, read: ReadTrack | null, held: HeldWork, id: string): Suggestion => {
    const isAsRead = held.kept.digest === shared.grid.digest
    const found = listed(shared, isAsRead ? read : null, held).find((one) => one.id === id)
    if (!found) throw new UserError('SUGGESTION_NOT_FOUND', `Track ${held.trackId} has no suggestion ${id}.`)
    return found
  }

  return offering<SuggestionActions>('labelling.suggestions', {
    list: async ({ trackId, minConfidence = 0, limit = DEFAULT_LIMIT, order } = {}) => {
      const { teamId } = people.current()
      if (trackId === undefined || order === 'teaching')
        throw new UserError('NOT_IN_A_CATALOGUE', 'A catalogue cannot do this: suggestions of more than one track.')
      const shared = await requireShared(sql, people.current(), String(trackId))
      if (shared.grid === null) return []
      const gridded = requireGridded(shared)
      const said = {
        labels: await readLabels(sql, { teamId, trackIds: [trackId] }),
        decisions: await readDecisions(sql, { teamId, trackId }),
      }
      return listed(gridded, await readOf(gridded), said)
        .filter(({ confidence }) => confidence >= minConfidence)
        .slice(0, limit)
    },
    accept: async (reference, id, kind) => {
      const user = people.requireLabeller()
      const shared = requireGridded(await requireShared(sql, user, reference))
      const [read, features] = await Promise.all([readOf(shared), featuresOf(shared)])
      return editWork(catalogue, user, shared, async (held) => {
        const suggestion = require(shared, read, held, id)
        const { labels: before, trackId, teamId, kept } = held
        const current = { trackId, grid: kept.grid, labels: before }
        const plan = planAddedLabels({ ...current, features }, [
          acceptedLabel({ ...suggestion, importedFrom: null }, kind),
        ])
        const isOther = kind !== undefined && isSectionKind(kind) && kind !== suggestion.kind
        const after = await writeLabels(held.sql, held, { trackId, before, labels: plan.labels })
        await putDecision(held.sql, held, decisionOf(suggestion, isOther ? 'rejected' : 'accepted'))
        await putEvent(held.sql, teamId, { type: 'labels', trackIds: [trackId] })
        return addedLabels(shared.track, { before: current, plan, after })
      })
    },
    reject: async (reference, id) => {
      const user = people.requireLabeller()
      const shared = requireGridded(await requireShared(sql, user, reference))
      const read = await readOf(shared)
      await editWork(catalogue, user, shared, async (held) => {
        await putDecision(held.sql, held, decisionOf(require(shared, read, held, id), 'rejected'))
        await putEvent(held.sql, held.teamId, { type: 'suggestions', trackId: held.trackId })
      })
    },
    rejected: async (reference) => {
      const { teamId } = people.current()
      const { track, grid } = await requireShared(sql, people.current(), reference)
      const decisions = await readDecisions(sql, { teamId, trackId: track.id })
      if (grid === null) return []
      return rejectedAmong(decisions, {
        grid: grid.grid,
        labels: await readLabels(sql, { teamId, trackIds: [track.id] }),
      })
    },
    restore: async (reference, id) => {
      const user = people.requireLabeller()
      const shared = requireGridded(await requireShared(sql, user, reference))
      await editWork(catalogue, user, shared, async (held) => {
        if (!(await forgetDecision(held.sql, held, id)))
          throw new UserError('SUGGESTION_NOT_FOUND', `Track ${held.trackId} has no rejected suggestion ${id}.`)
        await putEvent(held.sql, held.teamId, { type: 'suggestions', trackId: held.trackId })
      })
    },
  })
}
