import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Every file in a folder and those within it, by its path from there, with slashes, in the order of their bytes. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .sort()
