import { snakeCase } from '../../core/support/snake-case.ts'
import { playlistOperations } from '../operations/playlists.ts'
import { routesOf } from '../routes-of.ts'
import { changeDocument, playlistDocument } from '../views/playlist-document.ts'
import { parseTrackFilter } from '../views/track-search.ts'

const filterOf = (text: string | undefined, limit: number | null | undefined) =>
  text === undefined ? undefined : { ...parseTrackFilter(text)!, limit: limit ?? undefined }

export const playlistRoutes = routesOf(playlistOperations)(({ collection: { playlists } }) => {
  const documentOf = async (id: number) => playlistDocument(await playlists.get(id))
  return {
    listPlaylists: async () => (await playlists.list()).map(playlistDocument),
    playlist: async ({ params: { id } }) => {
      const details = await playlists.get(id)
      return { ...playlistDocument(details), missing: details.missing, repeats: details.repeats }
    },
    keepPlaylist: async ({ body: { name, folders, track_ids, filter, limit } }) => {
      const change = await playlists.create({ name, folders, trackIds: track_ids, filter: filterOf(filter, limit) })
      const id = change.made[0]!
      return { id, playlist: await documentOf(id), ...changeDocument(change) }
    },
    editPlaylist: async ({ params: { id }, body: { filter, limit, ...edit } }) => {
      const kept = limit === undefined && filter !== undefined ? (await playlists.get(id)).filter?.limit : limit
      const change = await playlists.edit(id, { ...edit, filter: filterOf(filter, kept) })
      return { playlist: await documentOf(id), ...changeDocument(change) }
    },
    removePlaylist: async ({ params: { id } }) => changeDocument(await playlists.remove([id])),
    duplicatePlaylist: async ({ params, body }) => {
      const change = await playlists.duplicate(params.id, { name: body?.name, isPlain: body?.plain })
      const id = change.made[0]!
      return { id, playlist: await documentOf(id), ...changeDocument(change) }
    },
    freezePlaylist: async ({ params: { id } }) => {
      const change = await playlists.freeze(id)
      return { playlist: await documentOf(id), ...changeDocument(change) }
    },
    playlistTracks: async ({ params }) => ({ track_ids: [...(await playlists.trackIds(params.id))] }),
    addToPlaylist: async ({ params: { id }, body: { track_ids: trackIds, before } }) => {
      const { change, already } = await playlists.add(id, { trackIds, before })
      return { playlist: await documentOf(id), ...changeDocument(change), already }
    },
    moveInPlaylist: async ({ params: { id }, body: { track_ids: trackIds, before } }) => {
      const change = await playlists.move(id, { trackIds, before })
      return { playlist: await documentOf(id), ...changeDocument(change) }
    },
    takeOutOfPlaylist: async ({ params: { id }, body }) => {
      const change = await playlists.takeOut(id, body.track_ids)
      return { playlist: await documentOf(id), ...changeDocument(change) }
    },
    listPlaylistFolders: async () => (await playlists.folders()).map((path) => [...path]),
    addPlaylistFolder: async ({ body }) => changeDocument(await playlists.addFolder(body.path)),
    movePlaylistFolder: async ({ body }) => changeDocument(await playlists.moveFolder(body.path, body.to)),
    removePlaylistFolder: async ({ body }) => changeDocument(await playlists.removeFolder(body.path)),
    undoPlaylists: async ({ body }) => snakeCase(await playlists.takeBack('undo', body?.change_id)),
    redoPlaylists: async ({ body }) => snakeCase(await playlists.takeBack('redo', body?.change_id)),
  }
})
