import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lastKnownPath, presentLocation, type Track, trackTitle } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import { identifyFile } from '../../platform/decoding/identity.ts'
import type { Store } from '../../platform/store/store.ts'
import { readSeratoBackup, writeSeratoFrames } from '../../platform/tagging/write-serato-frames.ts'
import type { JobOptions } from '../kit/workspace.ts'
import { BACKUP_ENDING, ownFile } from './serato-places.ts'

export type RestoreOptions = {
  /** The folder that an export has put the old tags into. */
  readonly folder: string
  /** Says what would be put back, and changes nothing. */
  readonly dryRun: boolean
}

export type RestoredTags = {
  readonly dryRun: boolean
  /** Files that have their old tags again, or would have. */
  readonly restored: readonly string[]
  /** The same as tracks. */
  readonly tracks: readonly { readonly trackId: number; readonly title: string }[]
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
const restoreOne = async (
  store: Store,
  path: string,
  dryRun: boolean,
): Promise<{ readonly file: string; readonly track: Track }> => {
  const { audioDigest, frames, oggFields } = await readSeratoBackup(path)
  const track = store.tracks.findByDigest(audioDigest)
  const place = track && (presentLocation(track)?.path ?? lastKnownPath(track))
  if (track === null || place === null) throw new UserError('AUDIO_NOT_FOUND', 'No file of the library has this sound.')
  const file = ownFile(place)
  if ((await identifyFile(file)).audioDigest !== audioDigest)
    throw new UserError('AUDIO_CHANGED', `${file} is not the file that was scanned any more.`)
  if (!dryRun) await writeSeratoFrames({ source: file, target: file, frames, oggFields, backup: path + AGAIN })
  else if (existsSync(path + AGAIN)) throw new UserError('EXPORT_EXISTS', 'It has been put back already.')
  return { file, track }
}

/**
 * Puts back the Serato tags that files of the library had before an export wrote into them.
 * @throws ROOT_NOT_FOUND where it is not there, or holds no such tags
 */
export const restoreSeratoTags = async (
  store: Store,
  { folder: given, dryRun }: RestoreOptions,
  { signal, onProgress }: JobOptions = {},
): Promise<RestoredTags> => {
  const folder = resolve(given)
  const names = listBackups(folder)
  const restored: Awaited<ReturnType<typeof restoreOne>>[] = []
  const skipped: { readonly backup: string; readonly reason: string }[] = []
  for (const [done, name] of names.entries()) {
    signal?.throwIfAborted()
    onProgress?.({ stage: 'importing', done, total: names.length, item: name })
    try {
      restored.push(await restoreOne(store, join(folder, name), dryRun))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      skipped.push({ backup: name, reason: error.message })
    }
  }
  return {
    dryRun,
    restored: restored.map(({ file }) => file),
    tracks: restored.map(({ track }) => ({ trackId: track.id, title: trackTitle(track) })),
    skipped,
  }
}
