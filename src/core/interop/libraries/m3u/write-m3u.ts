/** Playlists in UTF-8, one a file, with paths as they are or from the folder that the file lies in. */
import type { ExportedTrack } from '../exported-library.ts'

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim()
const rootOf = (path: string): string => /^(?:[A-Za-z]:|\/\/[^/]+\/[^/]+|)/.exec(path)![0].toLowerCase()

/** @returns the path itself where it lies on another drive */
export const relativePath = (folder: string, path: string): string => {
  const root = rootOf(folder)
  if (root !== rootOf(path)) return path
  const [from, to] = [folder, path].map((one) =>
    one
      .slice(root.length)
      .split('/')
      .filter((name) => name !== ''),
  ) as [string[], string[]]
  let common = 0
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/')
}

/** What a line cannot hold, or loses at its ends. */
const NOT_IN_A_LINE = /[\r\n\p{Cc}]|^\s|\s$/u
/** The same as an address, in which such letters are encoded. */
const addressOf = (path: string): string =>
  `file://${path.startsWith('/') ? '' : '/'}${path
    .split('/')
    .map((part) => (/^[A-Za-z]:$/.test(part) ? part : encodeURIComponent(part.toWellFormed())))
    .join('/')}`

/** A relative path that begins like a comment, with a space, or like a drive, is led by its folder. */
const lineOf = (path: string): string =>
  /^(?:#|\s|[\w-]+:)/.test(path) && !/^[A-Za-z]:\//.test(path) ? `./${path}` : path

/** @param folder from which paths are written, with forward slashes; null for whole paths */
export const writeM3u = (name: string, tracks: readonly ExportedTrack[], folder: string | null): string => {
  const lines = tracks.flatMap(({ path, title, artist, durationSeconds }) => [
    `#EXTINF:${durationSeconds === null ? -1 : Math.round(durationSeconds)},${oneLine(artist === null ? title : `${artist} - ${title}`)}`,
    NOT_IN_A_LINE.test(path) ? addressOf(path) : lineOf(folder === null ? path : relativePath(folder, path)),
  ])
  return `${['#EXTM3U', `#PLAYLIST:${oneLine(name)}`, ...lines].join('\n')}\n`
}
