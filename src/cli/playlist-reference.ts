import type { App } from '../app.ts'
import { UserError } from '../core/support/user-error.ts'
import type { PlaylistOverview } from '../engine/collection/playlists/playlist-overview.ts'
import { parseName } from './argument-parsers.ts'
import { printable } from './printable.ts'

/** As `Nights/Friday`. */
export const playlistPath = ({ folders, name }: Pick<PlaylistOverview, 'folders' | 'name'>): string =>
  printable([...folders, name].join('/'))

/** Names of folders with slashes between them; none for the top. */
export const parseFolders = (text: string): readonly string[] =>
  text
    .split('/')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map(parseName)

/** The playlist that a person names by its number, its name, or its name behind its folders. @throws PLAYLIST_NOT_FOUND */
export const playlistOf = async (app: App, reference: string): Promise<PlaylistOverview> => {
  const all = await app.collection.playlists.list()
  const wanted = reference.toLowerCase()
  const byId = /^\d+$/.test(reference) ? all.find(({ id }) => id === Number(reference)) : undefined
  const named = all.filter((one) => one.name.toLowerCase() === wanted || playlistPath(one).toLowerCase() === wanted)
  const found = byId ?? (named.length === 1 ? named[0] : undefined)
  if (found !== undefined) return found
  throw new UserError(
    'PLAYLIST_NOT_FOUND',
    named.length === 0
      ? `No playlist has the number or name "${reference}".`
      : `"${reference}" is the name of ${named.length} playlists: ${named.map((one) => `${one.id} ${playlistPath(one)}`).join(', ')}.`,
  )
}
