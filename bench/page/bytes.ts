/** What a browser loads to run the page, as it comes over the wire. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'web')
/** The target; a kilobyte is 1000 bytes. */
export const MOST_SCRIPT_KILOBYTES = 350

export type ScriptKilobytes = {
  /** What the first screen needs before it shows anything. */
  readonly initial: number
  /** With all other screens and dialogs. */
  readonly all: number
}

const kilobytes = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0) / 1000

const allScripts = (): readonly string[] =>
  readdirSync(join(BUILT, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(BUILT, 'assets', name))

/** Scripts that would run WebAssembly, which the page's policy does not let them. */
export const scriptsWithWebAssembly = (): readonly string[] =>
  allScripts().filter((path) => /\bWebAssembly\.\w+\(/.test(readFileSync(path, 'utf8')))

/** Scripts of the built page after gzip. */
export const scriptKilobytes = (): ScriptKilobytes => {
  const document = readFileSync(join(BUILT, 'index.html'), 'utf8')
  const initial = [...document.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path!)
  if (initial.length === 0) throw new Error('The built page names no script.')
  return {
    initial: kilobytes(initial.map((path) => join(BUILT, path))),
    all: kilobytes(allScripts()),
  }
}
