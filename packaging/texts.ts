import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file of this folder that goes into a package, with its `@NAMES@` filled in. */
export const text = (name: string, values: Readonly<Record<string, string>> = {}): string =>
  readFileSync(join(import.meta.dirname, name), 'utf8').replace(/@([A-Z]+)@/g, (_, key: string) => {
    if (values[key] === undefined) throw new Error(`${name} asks for ${key}, which nobody gave`)
    return values[key]
  })
