import type { StoredLabel } from '../../core/labels/stored-label.ts'
import type { StoredDecision } from '../../core/suggestions/suggestion-decision.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import { type Editor, holdTrack, readLabels, revisionOf } from '../../platform/catalogue/label-rows.ts'
import type { CatalogueTrack } from '../../platform/catalogue/track-rows.ts'
import { readDecisions, readGrids } from '../../platform/catalogue/work-rows.ts'
import type { KeptGrid } from '../../platform/store/track-work-store.ts'
import type { Catalogue } from './catalogue.ts'

export type Gridded = CatalogueTrack & { readonly grid: NonNullable<CatalogueTrack['grid']> }

/** @throws ANALYSIS_REQUIRED */
export const requireGridded = (shared: CatalogueTrack): Gridded => {
  if (shared.grid === null) throw new UserError('ANALYSIS_REQUIRED', `Track ${shared.track.id} has no beat grid yet.`)
  return { ...shared, grid: shared.grid }
}

/** The work of a team on a track, which nobody else of the team changes meanwhile. */
export type HeldWork = Editor & {
  readonly trackId: number
  /** In the transaction that holds it. */
  readonly sql: Sql
  /** The first version first. */
  readonly grids: readonly KeptGrid[]
  /** In force. */
  readonly kept: KeptGrid
  readonly labels: readonly StoredLabel[]
  readonly decisions: readonly StoredDecision[]
  /** Of grid and labels. */
  readonly revision: string
}

/** Edits of a team on a track come one after the other, each on what the one before has left. */
export const editWork = <Result>(
  { transaction }: Pick<Catalogue, 'transaction'>,
  { id: userId, teamId }: { readonly id: number; readonly teamId: number },
  { track }: Gridded,
  edit: (held: HeldWork) => Promise<Result>,
): Promise<Result> =>
  transaction(async (sql) => {
    const place = { teamId, trackId: track.id }
    await holdTrack(sql, teamId, track.id)
    const grids = await readGrids(sql, place)
    const kept = grids.at(-1)!
    const labels = await readLabels(sql, { teamId, trackIds: [track.id] })
    const decisions = await readDecisions(sql, place)
    return edit({ ...place, userId, sql, grids, kept, labels, decisions, revision: revisionOf(kept.digest, labels) })
  })
