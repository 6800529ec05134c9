import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { bucketUrl, isBucket, openBucket } from '../../platform/catalogue/bucket.ts'
import { untilBack } from '../../platform/catalogue/connect.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { putFiles, putPrefix } from '../../platform/catalogue/file-rows.ts'
import { readerOf } from '../../platform/decoding/audio-formats.ts'
import { listTree } from '../collection/list-tree.ts'
import type { Catalogue } from './catalogue.ts'

type Listed = { readonly key: string; readonly sizeBytes: number; readonly stamp: string }

export type AddedFiles = {
  readonly prefix: string
  readonly found: number
  /** Of these, files that are new or have changed, and now wait. */
  readonly waiting: number
  /** What was passed over, and why it could not be read. */
  readonly leftOut: number
}

const AT_ONCE = 500
/** In bytes: an index takes no more. Storages of objects allow less; a folder may hold what is longer. */
const LONGEST_KEY = 2000

/** Files that are gone again since they were listed are no files. */
const statusOf = async (path: string): Promise<{ readonly size: number; readonly mtimeMs: number } | null> => {
  const status = await stat(path).catch(() => null)
  return status?.isFile() ? status : null
}

async function* inFolder(folder: string, tally: { leftOut: number }): AsyncGenerator<readonly Listed[], void> {
  const { entries, leftOut, unlisted } = await listTree(folder, folder)
  const audio = entries.filter(({ reader }) => reader !== null)
  tally.leftOut += leftOut.length + unlisted.length + (entries.length - audio.length)
  for (let at = 0; at < audio.length; at += AT_ONCE) {
    const piece = await Promise.all(
      audio.slice(at, at + AT_ONCE).map(async ({ path }) => {
        const status = await statusOf(path)
        if (status === null) return []
        const key = relative(folder, path).split(sep).join('/')
        return [{ key, sizeBytes: status.size, stamp: String(status.mtimeMs) }]
      }),
    )
    yield piece.flat()
  }
}

async function* inBucket(url: string, tally: { leftOut: number }): AsyncGenerator<readonly Listed[], void> {
  for await (const page of (await openBucket(url)).list()) {
    const audio = page.filter(({ key }) => readerOf(key) !== null)
    tally.leftOut += page.length - audio.length
    yield audio
  }
}

/** One way to write each prefix, so that no file is there under two. @throws ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER */
const canonical = async (prefix: string): Promise<string> => {
  if (isBucket(prefix)) return bucketUrl(prefix)
  const folder = await realpath(isAbsolute(prefix) ? prefix : resolve(prefix)).catch(() => {
    throw new UserError('ROOT_NOT_FOUND', `${prefix} is not there.`)
  })
  if (!(await stat(folder)).isDirectory()) throw new UserError('ROOT_NOT_A_FOLDER', `${prefix} is not a folder.`)
  return folder
}

/**
 * Records all audio below a mounted folder or a prefix of a bucket; what is new or changed waits for a worker.
 * @throws ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER, STORAGE_UNREACHABLE
 */
export const addFiles = async (
  { sql, transaction }: Pick<Catalogue, 'sql' | 'transaction'>,
  wanted: string,
  {
    priority = 0,
    signal,
    onFound,
  }: { readonly priority?: number; readonly signal?: AbortSignal; readonly onFound?: (found: number) => void } = {},
): Promise<AddedFiles> => {
  const prefix = await canonical(wanted)
  const tally = { leftOut: 0 }
  let [found, waiting] = [0, 0]
  for await (const files of isBucket(prefix) ? inBucket(prefix, tally) : inFolder(prefix, tally)) {
    signal?.throwIfAborted()
    // A place that cannot be listed is none.
    const prefixId = await putPrefix(sql, prefix)
    // Repeated, it finds what it recorded before unchanged.
    const named = files.filter(({ key }) => Buffer.byteLength(key) <= LONGEST_KEY)
    tally.leftOut += files.length - named.length
    waiting += await untilBack(() => putFiles(sql, { prefixId, priority, files: named }), signal ? { signal } : {})
    found += named.length
    onFound?.(found)
  }
  await putPrefix(sql, prefix)
  await transaction((inside) => putEvent(inside, null, { type: 'roots' }))
  return { prefix, found, waiting, leftOut: tally.leftOut }
}
