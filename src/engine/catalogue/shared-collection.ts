import { compatibleKeys } from '../../core/library/compatible-keys.ts'
import { UserError } from '../../core/support/user-error.ts'
import { isBucket, openBucket } from '../../platform/catalogue/bucket.ts'
import { findStored, listPrefixes } from '../../platform/catalogue/file-rows.ts'
import { keptCounts } from '../../platform/catalogue/kept-counts.ts'
import { type CatalogueQuery, countTracks, findTracks, isSortable } from '../../platform/catalogue/track-search.ts'
import type { CollectionActions } from '../collection/collection-actions.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import { audioOf } from '../kit/track-audio.ts'
import type { Catalogue } from './catalogue.ts'
import type { People } from './people.ts'
import { offering } from './refusing.ts'
import { sharedNotes } from './shared-notes.ts'
import { requireTeamPlaylist, sharedPlaylists } from './shared-playlists.ts'
import { requireShared, sharedDetails, sharedOverviews } from './shared-tracks.ts'

/** What a catalogue narrows a list by, beside what `CatalogueQuery` says itself. */
const UNDERSTOOD: ReadonlySet<string> = new Set<keyof TrackSearch>([
  'text',
  'genre',
  'bpmMin',
  'bpmMax',
  'camelots',
  'compatibleWith',
  'energyMin',
  'energyMax',
  'durationMin',
  'durationMax',
  'loudnessMin',
  'loudnessMax',
  'yearMin',
  'yearMax',
  'addedSince',
  'addedBefore',
  'heard',
  'heardAny',
  'hasLabels',
  'labelKinds',
  'ratingMin',
  'ratingMax',
  'colours',
  'comment',
  'myTags',
  'myTagsAny',
  'playlistId',
  'standing',
  'sort',
  'descending',
  'limit',
  'offset',
])

/** A filter that is not understood must not be passed over: the list would show what was not asked for. @throws NOT_IN_A_CATALOGUE */
const understood = (search: TrackSearch): CatalogueQuery => {
  const { compatibleWith, camelots, standing = 'present', sort, ...query } = search
  const strange = Object.entries(search).find(([name, value]) => value !== undefined && !UNDERSTOOD.has(name))
  const refuse = (what: string): never => {
    throw new UserError('NOT_IN_A_CATALOGUE', `A catalogue cannot narrow or sort its tracks by this: ${what}.`)
  }
  if (strange) refuse(strange[0])
  if (sort !== undefined && !isSortable(sort)) refuse(`sort ${sort}`)
  if (standing !== 'present' && standing !== 'analysed' && standing !== 'not_analysed') refuse(`standing ${standing}`)
  const compatible = compatibleWith === undefined ? undefined : (compatibleKeys(compatibleWith) ?? [])
  return {
    ...query,
    sort,
    camelots: camelots && compatible ? camelots.filter((key) => compatible.includes(key)) : (compatible ?? camelots),
    ...(standing === 'present' ? {} : { isAnalysed: standing === 'analysed' }),
  }
}

export const sharedCollection = (
  connection: Pick<Catalogue, 'sql' | 'transaction'>,
  spec: string,
  people: Pick<People, 'current' | 'requireLabeller'>,
): CollectionActions => {
  const { sql } = connection
  const counts = keptCounts()
  /** @throws NOT_IN_A_CATALOGUE, PLAYLIST_NOT_FOUND */
  const resolve = async ({ playlistId, ...wanted }: TrackSearch): Promise<CatalogueQuery> => {
    const query = understood(wanted)
    if (playlistId === undefined) return query
    const { filter } = await requireTeamPlaylist(sql, people.current().teamId, playlistId)
    return filter === null ? { ...query, playlistId } : { ...query, within: await resolve(filter) }
  }
  const search = async (wanted: TrackSearch): ReturnType<CollectionActions['searchTracks']> => {
    const { teamId } = people.current()
    const { ids, total } = await findTracks({ sql, counts }, await resolve(wanted), teamId)
    return { tracks: await sharedOverviews({ sql, spec, teamId }, ids), total }
  }
  return offering<CollectionActions>('collection', {
    searchTracks: (wanted = {}) => search(wanted),
    listTracks: async (standing) => (await search({ sort: 'added', standing })).tracks,
    track: async (reference) => {
      const user = people.current()
      return sharedDetails({ sql, spec, teamId: user.teamId }, await requireShared(sql, user, reference))
    },
    watch: async () => {},
    playlists: sharedPlaylists(connection, people, {
      count: async (wanted) => countTracks({ sql, counts }, await resolve(wanted), people.current().teamId),
      find: async (wanted) => (await findTracks({ sql, counts }, await resolve(wanted), people.current().teamId)).ids,
      requireUnderstood: resolve,
    }),
    tagReadings: offering<CollectionActions['tagReadings']>('collection.tagReadings', {
      of: async () => ({ reading: null, offered: [] }),
    }),
    ...sharedNotes(connection, people),
    // New files are found by whoever adds a folder or a bucket again.
    followingOf: async () => 'off',
    listRoots: async () => {
      people.current()
      return (await listPrefixes(sql)).map(({ id, url, addedAt }) => ({
        id,
        path: url,
        addedAt: addedAt.toISOString(),
        scannedAt: null,
        offlineSince: null,
      }))
    },
    audio: async (reference) => audioOf((await requireShared(sql, people.current(), reference)).track),
    remoteAudio: async ({ rootId, path }) => {
      people.current()
      const file = isBucket(path) ? await findStored(sql, rootId, path) : null
      if (file === null) return null
      const bucket = await openBucket(file.prefix)
      return {
        ...(await bucket.look(file.key, file.stamp)),
        read: (part) => bucket.read(file.key, file.stamp, part),
      }
    },
  })
}
