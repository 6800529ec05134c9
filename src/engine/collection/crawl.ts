import { access, constants, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { LeftOutFile, LeftOutReason } from '../../core/library/left-out.ts'
import type { FoundFile } from '../../core/library/scan-plan.ts'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import { canReadAll } from '../../platform/decoding/audio-formats.ts'
import { liesWithin } from '../../platform/decoding/library-place.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { type DeviceOf, type ListedEntry, listTree } from './list-tree.ts'

export type CrawlResult = {
  readonly files: readonly FoundFile[]
  readonly failures: readonly FileFailure[]
  /** What was passed over, by file. */
  readonly leftOut: readonly LeftOutFile[]
  /** The folders that were looked at with all that is in them, relative to the root; '' is the root itself. */
  readonly looked: readonly string[]
  /** Of these, folders where another drive begins. */
  readonly mounts: readonly string[]
}

export type CrawlOptions = {
  /** The folders of the library with links resolved; the target of a link must lie in one of them. */
  readonly folders: readonly string[]
  /** Looks only at these folders of the root, relative to it. @default all of it */
  readonly within?: readonly string[] | undefined
  /** Whether a file that only ffmpeg reads is recorded. @default whether ffmpeg is there */
  readonly hasFfmpeg?: boolean | undefined
  /** Whether an earlier scan recorded a file, which then stays whatever is on this machine. */
  readonly isKnown?: ((path: string) => boolean) | undefined
  readonly signal?: AbortSignal | undefined
  /** Folders where another drive began at an earlier scan, relative to the root. @default none */
  readonly mounts?: readonly string[] | undefined
  /** @default as the disk tells */
  readonly deviceOf?: DeviceOf | undefined
}

/**
 * Lists the audio files under a folder, and what it passes over. A link to a file of the library is a file like any
 * other; links to folders are not followed, so that there are no loops, and a link out of the library is a failure.
 * What vanishes meanwhile is left out. A drive within that is away is a failure, too, so that its files do not count as gone: its
 * folder has gone, or is empty as before anything was put there.
 * @throws ROOT_OFFLINE when the folder itself cannot be listed
 */
export const crawl = async (root: string, options: CrawlOptions): Promise<CrawlResult> => {
  const { folders, within = [''], hasFfmpeg = canReadAll(), isKnown = () => false, signal, deviceOf } = options
  if (!(await isListable(root))) throw new UserError('ROOT_OFFLINE', `${root} cannot be listed.`, { root })
  const looked = outermost(await Promise.all(within.map((folder) => nearestFolder(root, folder))))
  const trees = await Promise.all(looked.map((folder) => listTree(root, placeIn(root, folder), { signal, deviceOf })))
  const files: FoundFile[] = []
  const failures = trees.flatMap(({ unlisted }) =>
    unlisted.filter(({ error }) => error.code !== 'ENOENT').map(({ folder, error }) => unreadable(folder, error)),
  )
  const leftOut = trees.flatMap((tree) => tree.leftOut)
  const look = async ({ path, reader, isLink }: ListedEntry): Promise<LeftOutReason | null> => {
    const status = await stat(path)
    const isAudio = reader !== null && status.isFile()
    if (!isAudio && !(isLink && status.isDirectory())) return reader === null ? null : 'not_a_file'
    if (isLink && !liesWithin(folders, await realpath(path))) failures.push(outside(path))
    else if (!isAudio) return 'linked_folder'
    else {
      const relativePath = relative(root, path).split(sep).join('/')
      if (!isKnown(relativePath)) {
        if (reader === 'ffmpeg' && !hasFfmpeg) return 'needs_ffmpeg'
        // It is listed once it can be read: that is a change like any other.
        await access(path, constants.R_OK)
      }
      files.push({ path: relativePath, sizeBytes: status.size, modifiedMs: status.mtimeMs })
    }
    return null
  }
  const entries = trees.flatMap((tree) => tree.entries).sort((a, b) => (a.path < b.path ? -1 : 1))
  for (const entry of entries) {
    signal?.throwIfAborted()
    const reason = await look(entry).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'ELOOP') failures.push(unreadable(entry.path, error))
      // A file that vanished meanwhile is not worth a word, nor is a link of another name.
      else if (entry.isLink && entry.reader !== null) return error.code === 'ELOOP' ? 'link_loop' : 'broken_link'
      return null
    })
    if (reason !== null) leftOut.push({ file: relative(root, entry.path).split(sep).join('/'), reason })
  }
  const mounts = trees.flatMap((tree) => tree.mounts.map((folder) => relative(root, folder).split(sep).join('/')))
  const away = (options.mounts ?? []).filter(
    (mount) =>
      looked.some((folder) => liesIn(folder, mount)) &&
      !mounts.includes(mount) &&
      !files.some(({ path }) => liesIn(mount, path)),
  )
  failures.push(...away.map((mount) => awayDrive(placeIn(root, mount))))
  return { files, failures, leftOut, looked, mounts: [...mounts, ...away] }
}

const placeIn = (root: string, folder: string): string => join(root, ...folder.split('/'))

/** A folder that has gone since is looked for in the one that held it. */
const nearestFolder = async (root: string, folder: string): Promise<string> => {
  if (folder === '' || (await isListable(placeIn(root, folder)))) return folder
  return nearestFolder(root, folder.slice(0, Math.max(0, folder.lastIndexOf('/'))))
}

/** Whether a relative path is a folder or lies in it. */
export const liesIn = (folder: string, path: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`)

/** Leaves out folders that lie in others. */
const outermost = (folders: readonly string[]): readonly string[] =>
  [...new Set(folders)].filter((folder, _, all) => !all.some((other) => other !== folder && liesIn(other, folder)))

const unreadable = (file: string, error: NodeJS.ErrnoException): FileFailure => ({
  file,
  error: toErrorReport(new UserError('AUDIO_UNREADABLE', `${file}: ${error.code ?? error.message}`, {}, error)),
})

const awayDrive = (folder: string): FileFailure => ({
  file: folder,
  error: toErrorReport(new UserError('ROOT_OFFLINE', `${folder}: the drive is away.`, { root: folder })),
})

const outside = (file: string): FileFailure => ({
  file,
  error: toErrorReport(new UserError('OUTSIDE_LIBRARY', `${file} leads to a place that is not in the library.`)),
})

const isListable = async (folder: string): Promise<boolean> => {
  try {
    await access(folder, constants.R_OK)
    return (await stat(folder)).isDirectory()
  } catch {
    // The reason does not matter: the drive is away, or the rights are gone.
    return false
  }
}
