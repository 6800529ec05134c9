import { realpathSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { ExportedTrack } from '../../core/interop/libraries/exported-library.ts'

/** Which file is read, which written, and where its old frames go. */
export type SeratoPlace = { readonly source: string; readonly target: string; readonly backup: string | null }

export const BACKUP_ENDING = '.serato-frames.json'

/** A link stays one: the file that it leads to is changed. */
export const ownFile = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Two tracks may have files of one name. */
export const seratoPlaces = (
  tracks: readonly ExportedTrack[],
  folder: string,
  inPlace: boolean,
): ReadonlyMap<ExportedTrack, SeratoPlace> => {
  const used = new Set<string>()
  return new Map(
    tracks.map((track): readonly [ExportedTrack, SeratoPlace] => {
      const extension = extname(track.path)
      const stem = basename(track.path, extension)
      let name = stem + extension
      for (let number = 2; used.has(name.toLowerCase()); number++) name = `${stem} ${number}${extension}`
      used.add(name.toLowerCase())
      if (!inPlace) return [track, { source: track.path, target: join(folder, name), backup: null }]
      const own = ownFile(track.path)
      return [track, { source: own, target: own, backup: join(folder, name + BACKUP_ENDING) }]
    }),
  )
}
