import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { countMyTags, holdNotes, putNotes } from '../../platform/catalogue/note-rows.ts'
import { asStored } from '../../platform/catalogue/storable.ts'
import { unknownTracks } from '../../platform/catalogue/track-search.ts'
import type { CollectionActions } from '../collection/collection-actions.ts'
import {
  type ChangedNotes,
  type PlannedNotes,
  planNotes,
  plannedChanges,
  plannedRestores,
} from '../collection/track-notes.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { Catalogue } from './catalogue.ts'
import type { People } from './people.ts'
import { requireShared } from './shared-tracks.ts'

type NoteActions = Pick<CollectionActions, 'changeNotes' | 'restoreNotes' | 'myTags'>

/** What a team notes of tracks: its members change it one after the other, and no other team sees it. */
export const sharedNotes = (
  { sql, transaction }: Pick<Catalogue, 'sql' | 'transaction'>,
  people: Pick<People, 'current' | 'requireLabeller'>,
): NoteActions => {
  const requireThere = async (ids: readonly number[]): Promise<void> => {
    const unknown = await unknownTracks(sql, ids)
    requireTracks({ tracks: { unknown: () => unknown } }, ids)
  }
  const idsOf = async (references: readonly string[]): Promise<readonly number[]> => {
    if (references.every((reference) => /^\d+$/.test(reference))) {
      const ids = references.map(Number)
      await requireThere(ids)
      return ids
    }
    const ids: number[] = []
    for (const reference of references) ids.push((await requireShared(sql, people.current(), reference)).track.id)
    return ids
  }
  /** All or none of them. */
  const apply = (planned: readonly PlannedNotes[]): Promise<readonly ChangedNotes[]> =>
    transaction(async (inside) => {
      const { teamId, id: userId } = people.requireLabeller()
      const ids = planned.map(({ trackId }) => trackId)
      const changed = asStored(planNotes(await holdNotes(inside, teamId, ids), planned))
      if (changed.length === 0) return changed
      const notes = changed.map(({ trackId, after }) => ({ trackId, notes: after }))
      await putNotes(inside, { teamId, userId }, notes)
      await putEvent(inside, teamId, { type: 'notes', trackIds: changed.map(({ trackId }) => trackId) })
      return changed
    })
  return {
    changeNotes: async (references, change, seen) => {
      people.requireLabeller()
      return apply(plannedChanges(await idsOf(references), { change, seen }))
    },
    restoreNotes: async (restored) => {
      people.requireLabeller()
      await requireThere(restored.map(({ trackId }) => trackId))
      return apply(plannedRestores(restored))
    },
    myTags: () => countMyTags(sql, people.current().teamId),
  }
}
