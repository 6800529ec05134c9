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

/** The beginning of every WebAssembly module, as text and in base64. */
const MODULE = /\\0asm|\\x00asm|AGFzb[Q-T]/
/** Under whatever name it was taken, apart from the word in a text for people. */
const RUNS_IT = /\bWebAssembly\b\s*(?:\.|\[|[,;)])/

/** What of the page would run WebAssembly, which its policy does not let it: scripts, and modules of their own. */
export const partsWithWebAssembly = (): readonly string[] =>
  readdirSync(join(BUILT, 'assets'), { recursive: true, encoding: 'utf8' }).filter((name) => {
    if (/\.wasm$/.test(name)) return true
    const text = /\.m?js$/.test(name) ? readFileSync(join(BUILT, 'assets', name), 'utf8') : ''
    return MODULE.test(text) || RUNS_IT.test(text)
  })

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
