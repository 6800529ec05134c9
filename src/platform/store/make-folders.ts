import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/**
 * Makes a folder with those above it, readable by their owner only. Node's own way tries for ever where a folder takes no other and says
 * that it is not there itself, as `/proc` does, and the places where drives appear by themselves.
 * @throws the error of the operating system
 */
export const makeFolders = (path: string): void => {
  if (isFolder(path)) return
  if (dirname(path) !== path) makeFolders(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(path)) throw error
  }
}
