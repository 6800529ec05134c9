import * as fs from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, relative, sep } from 'node:path'
import { fdir } from 'fdir'
import { AUDIO_EXTENSIONS } from '../decoding/audio-files.ts'
import type { FoundFile } from '../library/scan-plan.ts'
import { type ErrorReport, toErrorReport, UserError } from '../support/user-error.ts'

export type FileFailure = {
  readonly file: string
  /** Where it is known which track it is. */
  readonly trackId?: number
  readonly error: ErrorReport
}
export type CrawlResult = { readonly files: readonly FoundFile[]; readonly failures: readonly FileFailure[] }

const isAudioName = (path: string): boolean => AUDIO_EXTENSIONS.has(extname(path).slice(1).toLowerCase())
/** Rubbish of operating systems: resource forks, thumbnails, waste bins. */
const isHidden = (name: string): boolean => name.startsWith('.') || name === '@eaDir' || name === '$RECYCLE.BIN'

const failure = (file: string, error: NodeJS.ErrnoException): FileFailure => ({
  file,
  error: toErrorReport(new UserError('AUDIO_UNREADABLE', `${file}: ${error.code ?? error.message}`, {}, error)),
})

/** fdir skips a folder it cannot read without a word; a scan must know, or its files would look deleted. */
const watchedFileSystem = (onError: (folder: string, error: NodeJS.ErrnoException) => void): typeof fs => ({
  ...fs,
  readdir: ((path: string, options: object, done: (error: unknown, entries: unknown) => void) =>
    fs.readdir(path, options, (error, entries) => {
      if (error) onError(path, error)
      done(error, entries)
    })) as typeof fs.readdir,
})

/**
 * Lists the audio files under a folder. Links to files are followed, links to folders are not, so that loops cannot arise;
 * what vanishes meanwhile is left out.
 * @throws ROOT_OFFLINE when the folder itself cannot be listed
 */
export const crawl = async (root: string, signal?: AbortSignal): Promise<CrawlResult> => {
  const failures: FileFailure[] = []
  const onError = (folder: string, error: NodeJS.ErrnoException): void => {
    if (error.code !== 'ENOENT') failures.push(failure(folder, error))
  }
  if (!(await isListable(root))) throw new UserError('ROOT_OFFLINE', `${root} cannot be listed.`, { root })
  const paths = await new fdir({ fs: watchedFileSystem(onError) })
    .withFullPaths()
    .exclude((name) => isHidden(name))
    .filter((path) => isAudioName(path) && !isHidden(path.slice(path.lastIndexOf(sep) + 1)))
    .crawl(root)
    .withPromise()
  const files: FoundFile[] = []
  for (const path of paths.sort()) {
    signal?.throwIfAborted()
    try {
      const status = await stat(path)
      if (!status.isFile()) continue
      const relativePath = relative(root, path).split(sep).join('/')
      files.push({ path: relativePath, sizeBytes: status.size, modifiedMs: status.mtimeMs })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // Vanished, or a link to nowhere or to itself: no file.
      if (code !== 'ENOENT' && code !== 'ELOOP') failures.push(failure(path, error as NodeJS.ErrnoException))
    }
  }
  return { files, failures }
}

const isListable = async (root: string): Promise<boolean> => {
  try {
    await fs.promises.access(root, fs.constants.R_OK)
    return (await stat(root)).isDirectory()
  } catch {
    return false
  }
}
