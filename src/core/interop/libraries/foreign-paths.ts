/** @file Paths as programs write them, made comparable: the machine, its drives and its case rules may have been others. */

/** A folder as another program names it, and where the same folder lies here. */
export type FolderMove = { readonly from: string; readonly to: string }

const withSlashes = (path: string): string => path.replaceAll('\\', '/').replace(/\/{2,}/g, '/')

/** By this two paths are the same, whatever their slashes, their case, and how their accents are encoded. */
export const pathKey = (path: string): string => withSlashes(path).normalize('NFC').toLowerCase()

/** A path that counts from a folder, whole and without steps upwards. */
export const pathFrom = (folder: string, path: string): string => {
  const parts: string[] = []
  for (const part of `${folder}/${path}`.replaceAll('\\', '/').split('/'))
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  return parts.join('/')
}

const A_VOLUME =
  /^(?:[a-z]:(?=\/)|\/volumes\/[^/]+(?=\/)|\/(?:media|run\/media)\/[^/]+\/[^/]+(?=\/)|\/mnt\/[^/]+(?=\/))/

/** The rest of a path once its drive is taken off: "D:/Music/a.mp3" and "/Volumes/Music Disk/Music/a.mp3" share it. @param key of a path */
export const withoutVolume = (key: string): string => {
  const rest = key.replace(A_VOLUME, '')
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** The last part of a path. */
export const nameOfPath = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Where a path lies once folders have moved; the longest folder that fits counts. @returns null where none does */
export const movedPath = (path: string, moves: readonly FolderMove[]): string | null => {
  const slashed = withSlashes(path)
  const key = pathKey(path)
  const fitting = moves
    .map(({ from, to }) => ({ from: pathKey(from).replace(/\/$/, ''), to: withSlashes(to).replace(/\/$/, '') }))
    .filter(({ from }) => key === from || key.startsWith(`${from}/`))
    .toSorted((a, b) => b.from.length - a.from.length)[0]
  if (fitting === undefined) return null
  // Parts are counted, since folding the case may change the number of characters.
  const parts = slashed.split('/').slice(fitting.from.split('/').length)
  return [fitting.to, ...parts].join('/')
}

/** What two paths of one file tell: the folders that moved, above what they have in common. @returns null where nothing did */
export const moveBetween = (from: string, to: string): FolderMove | null => {
  const [theirs, ours] = [withSlashes(from).split('/'), withSlashes(to).split('/')]
  let common = 0
  while (
    common < Math.min(theirs.length, ours.length) - 1 &&
    pathKey(theirs.at(-1 - common)!) === pathKey(ours.at(-1 - common)!)
  )
    common++
  if (common === 0) return null
  const move = {
    from: theirs.slice(0, theirs.length - common).join('/'),
    to: ours.slice(0, ours.length - common).join('/'),
  }
  return move.from === '' || pathKey(move.from) === pathKey(move.to) ? null : move
}
