import { basename, dirname } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { countText } from '../../core/units/count-text.ts'
import { type FileIdentity, identifyFile } from '../../platform/decoding/identity.ts'
import { type DiskEffects, FOR_OTHERS } from '../../platform/store/disk-effects.ts'
import { partialPath } from '../../platform/store/partial-path.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import type { SeratoPlace } from './serato-places.ts'

/** Of a file in it: its digest, its size, and the letters around them; a name takes twice its length where all of it has to be escaped. */
const [BYTES_EACH, BYTES_PER_LETTER] = [200, 2] as const

/** Takes the room of a manifest before any file is changed: a full disk then ends the export at once, and not before its list. @throws as `diskEffects` */
export const reserveManifest = (
  manifest: string,
  places: readonly SeratoPlace[],
  crates: readonly { readonly path: string }[],
  effects: DiskEffects,
): void => {
  const paths = places.flatMap(({ target, backup }) => (backup === null ? [target] : [target, backup]))
  const named = [...paths, ...crates.map(({ path }) => path)].map((path) => Buffer.byteLength(basename(path)))
  const bytes = named.reduce((sum, name) => sum + BYTES_EACH + BYTES_PER_LETTER * name, BYTES_EACH)
  effects.writeDurably(partialPath(manifest), new Uint8Array(bytes), FOR_OTHERS)
}

type Listed = FileIdentity & { readonly path: string }

export type SeratoFilesDone = {
  readonly manifest: string
  /** As they were when they got their tags: to read all of them again would take long, and fail with the first that cannot be read. */
  readonly audio: readonly Listed[]
  /** Only those that were written. */
  readonly crates: readonly string[]
  readonly backups: readonly string[]
}

/** Written last: where it is, all that it lists is. */
export const writeManifest = async (
  { manifest: path, audio, crates, backups }: SeratoFilesDone,
  effects: DiskEffects,
): Promise<void> => {
  const small: Listed[] = []
  for (const file of [...crates, ...backups]) small.push({ path: file, ...(await identifyFile(file)) })
  const listed = [...audio, ...small].map(({ path: file, sizeBytes, fileDigest }) => ({
    name: basename(file),
    bytes: sizeBytes,
    sha256: fileDigest,
  }))
  const manifest = { schema: 'algiers.export/1', algiers: packageManifest.version, format: 'serato', files: listed }
  const partial = partialPath(path)
  // The room that was kept is given back here, and taken again.
  effects.writeDurably(partial, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), FOR_OTHERS)
  effects.rename(partial, path)
  effects.syncFolder(dirname(path))
}

export const tryRemove = (path: string, effects: DiskEffects): void => {
  try {
    effects.remove(path)
  } catch {
    // A program that has it open, or a drive that is read-only by now: what ended the export is to be told, and the rest still has to go.
  }
}

/** Where files of the library were changed. */
const leaveListed = async (error: unknown, done: SeratoFilesDone, effects: DiskEffects): Promise<unknown> => {
  const { manifest, backups } = done
  const isListed = await writeManifest(done, effects).then(
    () => true,
    // A drive that has gone takes no list either; what ended the export is what is to be told.
    () => false,
  )
  if (!isListed) tryRemove(partialPath(manifest), effects)
  if (!(error instanceof UserError)) return error
  const told = `${countText(backups.length, 'file')} had the new tags by then; the tags of before are in ${dirname(manifest)}.`
  return new UserError(error.code, `${error.message} ${told}`, {}, error)
}

/** Leaves nothing behind that nobody knows of. @returns what is to be thrown */
export const endedEarly = async (error: unknown, done: SeratoFilesDone, effects: DiskEffects): Promise<unknown> => {
  if (done.backups.length > 0) return leaveListed(error, done, effects)
  for (const path of [...done.audio.map((file) => file.path), ...done.crates, partialPath(done.manifest)])
    tryRemove(path, effects)
  return error
}
