import { renameSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { countText } from '../../core/units/count-text.ts'
import { identifyFile } from '../../platform/decoding/identity.ts'
import { diskEffects, FOR_OTHERS, isTaken } from '../../platform/store/disk-effects.ts'
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
): void => {
  const paths = places.flatMap(({ target, backup }) => (backup === null ? [target] : [target, backup]))
  const named = [...paths, ...crates.map(({ path }) => path)].map((path) => Buffer.byteLength(basename(path)))
  const bytes = named.reduce((sum, name) => sum + BYTES_EACH + BYTES_PER_LETTER * name, BYTES_EACH)
  diskEffects.writeDurably(partialPath(manifest), new Uint8Array(bytes), FOR_OTHERS)
}

/** Written last: where it is, all that it lists is. */
export const writeManifest = async (path: string, files: readonly string[]): Promise<void> => {
  const listed = []
  for (const file of files) {
    const { sizeBytes, fileDigest } = await identifyFile(file)
    listed.push({ name: basename(file), bytes: sizeBytes, sha256: fileDigest })
  }
  const manifest = { schema: 'algiers.export/1', algiers: packageManifest.version, format: 'serato', files: listed }
  const partial = partialPath(path)
  // The room that was kept is given back here, and taken again.
  diskEffects.writeDurably(partial, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), FOR_OTHERS)
  renameSync(partial, path)
  diskEffects.syncFolder(dirname(path))
}

type Done = { readonly manifest: string; readonly files: readonly string[]; readonly backups: readonly string[] }

/** Where files of the library were changed. */
const leaveListed = async (error: unknown, { manifest, files, backups }: Done): Promise<unknown> => {
  const isListed = await writeManifest(manifest, [...files.filter(isTaken), ...backups]).then(
    () => true,
    // A drive that has gone takes no list either; what ended the export is what is to be told.
    () => false,
  )
  if (!isListed) diskEffects.remove(partialPath(manifest))
  if (!(error instanceof UserError)) return error
  const told = `${countText(backups.length, 'file')} had the new tags by then; the tags of before are in ${dirname(manifest)}.`
  return new UserError(error.code, `${error.message} ${told}`, {}, error)
}

/** Leaves nothing behind that nobody knows of. @returns what is to be thrown */
export const endedEarly = async (error: unknown, done: Done): Promise<unknown> => {
  if (done.backups.length > 0) return leaveListed(error, done)
  for (const path of [...done.files, partialPath(done.manifest)]) diskEffects.remove(path)
  return error
}
