import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** The writes that publishing needs. They are a parameter so that tests can pass in failing ones. */
export type DiskEffects = {
  /** Writes all bytes and waits until they are on the disk. @param mode of the file, of which the umask takes away; its owner's alone where left out */
  readonly writeDurably: (path: string, bytes: Uint8Array, mode?: number) => void
  readonly rename: (from: string, to: string) => void
  /** Waits until the folder's entries are on the disk. */
  readonly syncFolder: (path: string) => void
  readonly remove: (path: string) => void
}

/** Whether something has this name, be it a link that leads nowhere: to rename over it would lose it. */
export const isTaken = (path: string): boolean => {
  try {
    lstatSync(path)
    return true
  } catch {
    return false
  }
}

const OWNER_ONLY = 0o600
/** What is handed to other programs has the mode of any new file. */
export const FOR_OTHERS = 0o666

type FileUse = (descriptor: number) => void

const withFile = (path: string, flags: string, use: FileUse, mode = OWNER_ONLY): void => {
  const descriptor = openSync(path, flags, mode)
  try {
    use(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Waits until bytes that someone else wrote to a file are on the disk. */
export const syncFile = (path: string): void => withFile(path, 'r+', fsyncSync)

export const diskEffects: DiskEffects = {
  writeDurably: (path, bytes, mode) => {
    // A pipe in its place would be waited for, and a link followed.
    rmSync(path, { force: true, recursive: true })
    const write: FileUse = (descriptor) => {
      writeFileSync(descriptor, bytes)
      fsyncSync(descriptor)
    }
    withFile(path, 'wx', write, mode)
  },
  rename: renameSync,
  syncFolder: (path) => {
    // Windows cannot open a folder, and it journals renames by itself.
    if (process.platform !== 'win32') withFile(path, 'r', fsyncSync)
  },
  // What lies there under the name of a file of ours may be a folder.
  remove: (path) => rmSync(path, { force: true, recursive: true }),
}
