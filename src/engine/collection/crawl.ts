import * as fs from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { fdir } from 'fdir'
import type { FoundFile } from '../../core/library/scan-plan.ts'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import { AUDIO_EXTENSIONS } from '../../platform/decoding/audio-files.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { liesWithin } from '../kit/library-place.ts'

export type CrawlResult = { readonly files: readonly FoundFile[]; readonly failures: readonly FileFailure[] }

export const hasAudioName = (path: string): boolean => AUDIO_EXTENSIONS.has(extname(path).slice(1).toLowerCase())
/** Operating systems leave rubbish in folders: resource forks, thumbnails, waste bins. */
const isHidden = (name: string): boolean => name.startsWith('.') || name === '@eaDir' || name === '$RECYCLE.BIN'

const failure = (file: string, error: NodeJS.ErrnoException): FileFailure => ({
  file,
  error: toErrorReport(new UserError('AUDIO_UNREADABLE', `${file}: ${error.code ?? error.message}`, {}, error)),
})

type Watcher = {
  readonly onError: (folder: string, error: NodeJS.ErrnoException) => void
  readonly onEntries: (folder: string, entries: readonly fs.Dirent[]) => void
}

/** fdir silently skips a folder it cannot read, whose files would then look deleted; nor does it tell links. */
const watchedFileSystem = ({ onError, onEntries }: Watcher): typeof fs => ({
  ...fs,
  readdir: ((path: string, options: object, done: (error: unknown, entries: unknown) => void) =>
    fs.readdir(path, options, (error, entries) => {
      if (error) onError(path, error)
      else onEntries(path, entries as unknown as readonly fs.Dirent[])
      done(error, entries)
    })) as typeof fs.readdir,
})

export type CrawlOptions = {
  /** The folders of the library with links resolved; the target of a link must lie in one of them. */
  readonly folders: readonly string[]
  readonly signal?: AbortSignal | undefined
}

/**
 * Lists the audio files under a folder. A link to a file of the library is a file like any other; links to folders are
 * not followed, so that there are no loops, and a link out of the library is a failure. What vanishes meanwhile is left
 * out.
 * @throws ROOT_OFFLINE when the folder itself cannot be listed
 */
export const crawl = async (root: string, { folders, signal }: CrawlOptions): Promise<CrawlResult> => {
  const failures: FileFailure[] = []
  const links = new Set<string>()
  const onError = (folder: string, error: NodeJS.ErrnoException): void => {
    if (error.code !== 'ENOENT') failures.push(failure(folder, error))
  }
  const onEntries = (folder: string, entries: readonly fs.Dirent[]): void => {
    for (const entry of entries)
      if (entry.isSymbolicLink() && !isHidden(entry.name)) links.add(join(folder, entry.name))
  }
  if (!(await isListable(root))) throw new UserError('ROOT_OFFLINE', `${root} cannot be listed.`, { root })
  const paths = await new fdir({ fs: watchedFileSystem({ onError, onEntries }) })
    .withFullPaths()
    .exclude((name) => isHidden(name))
    .filter((path) => hasAudioName(path) && !isHidden(path.slice(path.lastIndexOf(sep) + 1)))
    .crawl(root)
    .withPromise()
  const files: FoundFile[] = []
  for (const path of [...new Set([...paths, ...links])].sort()) {
    signal?.throwIfAborted()
    try {
      const status = await stat(path)
      const isAudio = status.isFile() && hasAudioName(path)
      if (!isAudio && !(status.isDirectory() && links.has(path))) continue
      if (links.has(path) && !liesWithin(folders, await realpath(path))) failures.push(outside(path))
      else if (isAudio) {
        const relativePath = relative(root, path).split(sep).join('/')
        files.push({ path: relativePath, sizeBytes: status.size, modifiedMs: status.mtimeMs })
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // The file vanished, or is a link to nowhere or to itself.
      if (code !== 'ENOENT' && code !== 'ELOOP') failures.push(failure(path, error as NodeJS.ErrnoException))
    }
  }
  return { files, failures }
}

const outside = (file: string): FileFailure => ({
  file,
  error: toErrorReport(new UserError('OUTSIDE_LIBRARY', `${file} leads to a place that is not in the library.`)),
})

const isListable = async (root: string): Promise<boolean> => {
  try {
    await fs.promises.access(root, fs.constants.R_OK)
    return (await stat(root)).isDirectory()
  } catch {
    // The reason does not matter: the drive is away, or the rights are gone.
    return false
  }
}
