import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { LeftOutFile } from '../../core/library/left-out.ts'
import { type AudioReader, readerOf } from '../../platform/decoding/audio-formats.ts'
import { nameOfBytes, showBytes } from '../../platform/decoding/name-bytes.ts'
import { isDataDirectory } from '../../platform/store/data-directory.ts'
import { isSystemDrive } from '../../platform/watching/system-drive.ts'

/** A file with the name of an audio file, or a link of any name. */
export type ListedEntry = {
  /** Absolute. */
  readonly path: string
  readonly reader: AudioReader | null
  readonly isLink: boolean
}

export type Tree = {
  readonly entries: readonly ListedEntry[]
  readonly leftOut: readonly LeftOutFile[]
  readonly unlisted: readonly { readonly folder: string; readonly error: NodeJS.ErrnoException }[]
  /** Folders where another drive begins, absolute. */
  readonly mounts: readonly string[]
}

/** Tells the drive that a folder lies on. */
export type DeviceOf = (folder: string) => Promise<number>
const deviceOnDisk: DeviceOf = async (folder) => (await stat(folder)).dev

/** Operating systems and their programs keep such folders everywhere; nobody's music is in them. */
const RUBBISH: ReadonlySet<string> = new Set([
  '@eaDir',
  '#recycle',
  '$RECYCLE.BIN',
  'System Volume Information',
  '.AppleDouble',
  '.Spotlight-V100',
  '.TemporaryItems',
  '.Trashes',
  '.fseventsd',
])
const isRubbish = (name: string): boolean => RUBBISH.has(name) || name.startsWith('.Trash-')

/** Whether a scan goes into a folder of this name. */
export const isPassedBy = (name: string): boolean => name.startsWith('.') || isRubbish(name)

/** How macOS keeps, beside each file, what a foreign drive has no place for: it has the name of audio and holds none. */
const RESOURCE_FORK = '._'

/** Whether a folder between the root and this one keeps a library: what the program writes is not music. */
const liesInDataDirectory = async (root: string, folder: string): Promise<boolean> => {
  for (let above = folder; above !== root && above !== dirname(above); ) {
    above = dirname(above)
    if (isDataDirectory(await readdir(above).catch(() => []))) return true
  }
  return false
}

/** Lists a folder and all folders in it by the bytes of their names, and says what it passes over. */
export const listTree = async (
  root: string,
  start: string,
  {
    signal,
    deviceOf = deviceOnDisk,
  }: { readonly signal?: AbortSignal | undefined; readonly deviceOf?: DeviceOf | undefined } = {},
): Promise<Tree> => {
  const tree = {
    entries: [] as ListedEntry[],
    leftOut: [] as LeftOutFile[],
    unlisted: [] as Tree['unlisted'][number][],
    mounts: [] as string[],
  }
  const leaveOut = (folder: string, name: string, reason: LeftOutFile['reason']): void => {
    const within = relative(root, folder).split(sep).join('/')
    tree.leftOut.push({ file: within === '' ? name : `${within}/${name}`, reason })
  }

  const take = async (folder: string, entry: Dirent<Buffer>, device: number): Promise<void> => {
    const name = nameOfBytes(entry.name)
    const label = showBytes(entry.name)
    const isFolder = entry.isDirectory()
    const reader = readerOf(label)
    if (isFolder && isRubbish(label)) return
    if (label.startsWith('.')) {
      if (isFolder) leaveOut(folder, `${label}/`, 'hidden')
      else if (reader !== null) leaveOut(folder, label, label.startsWith(RESOURCE_FORK) ? 'resource_fork' : 'hidden')
    } else if (name === null) {
      if (isFolder || reader !== null) leaveOut(folder, isFolder ? `${label}/` : label, 'name_not_utf8')
    } else if (isFolder) await walk(join(folder, name), device)
    else if (entry.isSymbolicLink()) tree.entries.push({ path: join(folder, name), reader, isLink: true })
    else if (reader !== null && entry.isFile()) tree.entries.push({ path: join(folder, name), reader, isLink: false })
    else if (reader !== null) leaveOut(folder, name, 'not_a_file')
  }
  const walk = async (folder: string, above: number | null): Promise<void> => {
    signal?.throwIfAborted()
    try {
      const device = await deviceOf(folder)
      if (above !== null && device !== above) {
        if (await isSystemDrive(folder)) return
        tree.mounts.push(folder)
      }
      const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' })
      if (isDataDirectory(entries.map(({ name }) => name.toString()))) return
      await Promise.all(entries.map((entry) => take(folder, entry, device)))
    } catch (error) {
      signal?.throwIfAborted()
      tree.unlisted.push({ folder, error: error as NodeJS.ErrnoException })
    }
  }
  const above = start === root ? null : await deviceOf(dirname(start)).catch(() => null)
  if (!(await liesInDataDirectory(root, start))) await walk(start, above)
  return tree
}
