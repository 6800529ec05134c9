import { mkdtemp, opendir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { realFolders } from '../decoding/library-place.ts'
import type { AudioSource } from '../decoding/open-audio.ts'
import { isBucket, openBucket } from './bucket.ts'

/** A file below a prefix: a mounted folder that every worker sees at the same place, or an address of a bucket. */
export type StoredFile = {
  readonly prefix: string
  /** Relative to the prefix, with slashes. */
  readonly key: string
  readonly sizeBytes: number
  /** Another one means that the file was changed. */
  readonly stamp: string
}

export const pathOf = ({ prefix, key }: Pick<StoredFile, 'prefix' | 'key'>): string =>
  isBucket(prefix) ? `${prefix}/${key}` : join(prefix, ...key.split('/'))

const inBucket = async <Result>(file: StoredFile, use: (source: AudioSource) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'algiers-audio-'))
  const path = join(folder, `audio${extname(file.key)}`)
  try {
    await (await openBucket(file.prefix)).download(file.key, file.stamp, path)
    return await use({ path })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Whether a folder is there and holds anything: an empty one is where something was mounted. */
const holdsAnything = async (folder: string): Promise<boolean> => {
  const entries = await opendir(folder).catch(() => null)
  if (entries === null) return false
  try {
    return (await entries.read()) !== null
  } finally {
    await entries.close()
  }
}

/** When the folder of a prefix is not mounted here, that says nothing of its files. */
const requireFolder = async (prefix: string): Promise<void> => {
  if (!(await holdsAnything(prefix)))
    throw new UserError('STORAGE_UNREACHABLE', `${prefix} is empty, or not mounted on this machine.`)
}

/**
 * Lends a file of the storage as a file of this machine.
 * @throws STORAGE_UNREACHABLE, AUDIO_CHANGED, AUDIO_NOT_FOUND, and what `use` throws
 */
export const withStoredAudio = async <Result>(
  file: StoredFile,
  use: (source: AudioSource) => Promise<Result>,
): Promise<Result> => {
  if (isBucket(file.prefix)) return inBucket(file, use)
  await requireFolder(file.prefix)
  const found = { sizeBytes: file.sizeBytes, modifiedMs: Number(file.stamp) }
  return use({ path: pathOf(file), folders: await realFolders([{ path: file.prefix }]), found })
}
