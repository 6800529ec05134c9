import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { WarningTally } from '../../core/interop/libraries/warning-tally.ts'

/** Libraries lie not far from where a person points; a drive may hold anything else. */
const MOST_DEPTH = 10
const MOST_FILES = 400_000
/** Hidden folders that hold libraries: `.pioneer` on drives, `.mixxx` at home. */
const HIDDEN_LIBRARIES: ReadonlySet<string> = new Set(['.pioneer', '.mixxx'])

/** All files below a folder, from it on, with forward slashes, in order; what is passed over is told. */
export const listFiles = async (
  folder: string,
  warnings: WarningTally,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const found: string[] = []
  const read = (within: string): Promise<readonly Dirent[]> =>
    readdir(join(folder, within), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      warnings.add(`A folder cannot be read (${error.code ?? error.message}): it is left out.`, within || folder)
      return []
    })
  const walk = async (within: string, depth: number): Promise<void> => {
    signal.throwIfAborted()
    const entries = await read(within)
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = within === '' ? entry.name : `${within}/${entry.name}`
      if (found.length >= MOST_FILES) {
        warnings.add(`There are more than ${MOST_FILES.toLocaleString('en-GB')} files: the rest is left out.`, name)
        return
      }
      const isPassedBy = entry.name.startsWith('.') && !HIDDEN_LIBRARIES.has(entry.name)
      if (isPassedBy) continue
      if (entry.isFile()) found.push(name)
      else if (entry.isDirectory() && depth < MOST_DEPTH) await walk(name, depth + 1)
      else if (entry.isDirectory()) warnings.add(`A folder lies more than ${MOST_DEPTH} deep: it is left out.`, name)
    }
  }
  await walk('', 0)
  return found
}
