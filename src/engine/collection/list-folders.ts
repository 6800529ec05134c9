import { opendir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { readerOf } from '../../platform/decoding/audio-formats.ts'
import { typedFolder } from './typed-folder.ts'

type Folder = { readonly name: string; readonly path: string }

export type FolderListing = {
  readonly path: string
  /** Null at the top. */
  readonly parent: string | null
  /** Sub-folders by name; hidden ones are left out. */
  readonly folders: readonly Folder[]
  /** Number of files directly in it with names of audio files. */
  readonly audioFiles: number
  /**
   * Names of those files, in no order. A browser tells the names in a folder that is dropped onto it, not where it
   * lies.
   */
  readonly audioNames: readonly string[]
  /** Folders that usually hold music on such a machine, as far as they are there. */
  readonly places: readonly Folder[]
}

/** Nobody picks music by hand from a folder of more entries. */
const MOST_ENTRIES = 5000

const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isDirectory() ?? false

const usualPlaces = async (): Promise<readonly Folder[]> => {
  const home = homedir()
  const candidates = [
    { name: 'Home', path: home },
    { name: 'Music', path: join(home, 'Music') },
    ...['/Volumes', '/media', '/mnt'].map((path) => ({ name: path, path })),
  ]
  const found = await Promise.all(candidates.map(async (place) => ((await isFolder(place.path)) ? [place] : [])))
  return found.flat()
}

/** Lists what a folder picker shows of this machine. @throws ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER */
export const listFolders = async (wanted: string = homedir()): Promise<FolderListing> => {
  const path = typedFolder(wanted)
  const status = await stat(path).catch(() => null)
  if (status === null) throw new UserError('ROOT_NOT_FOUND', `${path} does not exist or cannot be reached.`)
  if (!status.isDirectory()) throw new UserError('ROOT_NOT_A_FOLDER', `${path} is a file.`)
  const folders: Folder[] = []
  const audioNames: string[] = []
  let entries = 0
  try {
    for await (const entry of await opendir(path)) {
      if (++entries > MOST_ENTRIES) break
      if (entry.name.startsWith('.')) continue
      const inside = join(path, entry.name)
      if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(inside))))
        folders.push({ name: entry.name, path: inside })
      else if (readerOf(entry.name) !== null) audioNames.push(entry.name)
    }
  } catch (error) {
    throw new UserError('ROOT_NOT_FOUND', `${path} cannot be read: ${(error as NodeJS.ErrnoException).code}.`)
  }
  const parent = dirname(path)
  return {
    path,
    parent: parent === path ? null : parent,
    folders: folders.sort((a, b) => a.name.localeCompare(b.name)),
    audioFiles: audioNames.length,
    audioNames,
    places: await usualPlaces(),
  }
}
