import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

const newest = (path: string): number =>
  statSync(path).isDirectory()
    ? Math.max(
        0,
        ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => changedAt(join(path, name))),
      )
    : changedAt(path)

/** True where a file is there and no older than anything that it is made of; all from the top of this repository. */
export const isBuilt = (path: string, madeOf: readonly string[]): boolean =>
  changedAt(join(ROOT, path)) >= Math.max(...madeOf.map((name) => newest(join(ROOT, name))))
