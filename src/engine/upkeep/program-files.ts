import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the program, from source and compiled alike. */
const ROOT = join(import.meta.dirname, '..', '..', '..')

const pathOf = (place: string): string => {
  try {
    return place.startsWith('file:') ? fileURLToPath(place) : place
  } catch {
    // No address of a file: nothing of the program is there.
    return ''
  }
}

/** The path of a file of the program from its folder, with slashes; null for any other, whatever it is called. */
export const programFile = (place: string): string | null => {
  const own = relative(ROOT, pathOf(place)).replaceAll('\\', '/')
  return /^(?:src|lib|node_modules)\/[\w@./-]+\.[cm]?[jt]s$/.test(own) && existsSync(join(ROOT, own)) ? own : null
}
