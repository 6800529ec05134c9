import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lastKnownPath, presentLocation } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import { identifyFile } from '../../platform/decoding/identity.ts'
import type { Store } from '../../platform/store/store.ts'
import { readSeratoBackup, writeSeratoFrames } from '../../platform/tagging/write-serato-frames.ts'
import type { JobOptions } from '../kit/workspace.ts'
import { BACKUP_ENDING, ownFile } from './serato-places.ts'

export type RestoredTags = {
  /** Files that have their old tags again. */
  readonly restored: readonly string[]
  /** Backups whose files are gone or are others now, and why. */
  readonly skipped: readonly { readonly backup: string; readonly reason: string }[]
}

/** After the name of a backup: what its file had before it got the old tags back. */
const AGAIN = '.before-restoring'

/** @throws ROOT_NOT_FOUND */
const listBackups = (folder: string): readonly string[] => {
  let names: readonly string[] = []
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(BACKUP_ENDING))
  } catch (error) {
    throw new UserError('ROOT_NOT_FOUND', `${folder} is not there.`, {}, error)
  }
  if (names.length === 0) throw new UserError('ROOT_NOT_FOUND', `${folder} holds no tags that an export has replaced.`)
  return names.toSorted()
}

/** @throws AUDIO_NOT_FOUND, AUDIO_CHANGED, EXPORT_EXISTS, IMPORT_MALFORMED, TAGS_NOT_WRITABLE */
const restoreOne = async (store: Store, path: string): Promise<string> => {
  const { audioDigest, frames } = await readSeratoBackup(path)
  const track = store.tracks.findByDigest(audioDigest)
  const place = track && (presentLocation(track)?.path ?? lastKnownPath(track))
  if (place === null) throw new UserError('AUDIO_NOT_FOUND', 'No file of the library has this sound.')
  const file = ownFile(place)
  if ((await identifyFile(file)).audioDigest !== audioDigest)
    throw new UserError('AUDIO_CHANGED', `${file} is not the file that was scanned any more.`)
  await writeSeratoFrames({ source: file, target: file, frames, backup: path + AGAIN })
  return file
}

/**
 * Puts back the Serato tags that files of the library had before an export wrote into them.
 * @param output the folder of that export
 * @throws ROOT_NOT_FOUND where it is not there, or holds no such tags
 */
export const restoreSeratoTags = async (
  store: Store,
  output: string,
  { signal, onProgress }: JobOptions = {},
): Promise<RestoredTags> => {
  const folder = resolve(output)
  const names = listBackups(folder)
  const restored: string[] = []
  const skipped: { readonly backup: string; readonly reason: string }[] = []
  for (const [done, name] of names.entries()) {
    signal?.throwIfAborted()
    onProgress?.({ stage: 'importing', done, total: names.length, item: name })
    try {
      restored.push(await restoreOne(store, join(folder, name)))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      skipped.push({ backup: name, reason: error.message })
    }
  }
  return { restored, skipped }
}
