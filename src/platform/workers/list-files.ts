import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Libraries lie not far from where a person points; a drive may hold anything else. */
const MOST_DEPTH = 10
const MOST_FILES = 400_000
/** Hidden folders that hold libraries: `.pioneer` on drives, `.mixxx` at home. */
const HIDDEN_LIBRARIES: ReadonlySet<string> = new Set(['.pioneer', '.mixxx'])

/** All files below a folder, from it on, with forward slashes, in order; folders that cannot be read are passed over. */
export const listFiles = async (folder: string, signal: AbortSignal): Promise<readonly string[]> => {
  const found: string[] = []
  const walk = async (within: string, depth: number): Promise<void> => {
    signal.throwIfAborted()
    const entries = await readdir(join(folder, within), { withFileTypes: true }).catch(() => [])
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (found.length >= MOST_FILES) return
      const name = within === '' ? entry.name : `${within}/${entry.name}`
      const isPassedBy = entry.name.startsWith('.') && !HIDDEN_LIBRARIES.has(entry.name)
      if (isPassedBy) continue
      if (entry.isDirectory() && depth < MOST_DEPTH) await walk(name, depth + 1)
      else if (entry.isFile()) found.push(name)
    }
  }
  await walk('', 0)
  return found
}
