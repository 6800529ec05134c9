import { realpathSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { ExportedTrack } from '../../core/interop/libraries/exported-library.ts'
import { freeNames, LONGEST_NAME_BYTES } from '../../core/interop/libraries/free-names.ts'

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
  const freeName = freeNames(inPlace ? {} : { mostBytes: LONGEST_NAME_BYTES })
  return new Map(
    tracks.map((track): readonly [ExportedTrack, SeratoPlace] => {
      const extension = extname(track.path)
      const stem = basename(track.path, extension)
      if (!inPlace) {
        const target = join(folder, freeName(stem, extension))
        return [track, { source: track.path, target, backup: null }]
      }
      const own = ownFile(track.path)
      return [track, { source: own, target: own, backup: join(folder, freeName(stem, extension + BACKUP_ENDING)) }]
    }),
  )
}
