/** Crates: a list of paths, whose name and place in the tree are in the name of the file. */
import { joinBytes } from '../byte-writer.ts'
import type { ForeignPlaylist } from '../foreign-library.ts'
import type { WarningTally } from '../warning-tally.ts'
import { chunkText, formatChunk, formatTextChunk, readChunks } from './serato-chunks.ts'
import { seratoPath } from './serato-database.ts'

/** Anything else, and Serato 4 makes an empty crate of it. */
const CRATE_VERSION = '1.0/Serato ScratchLive Crate'
const ENDING = /\.s?crate$/i
/** Between a crate and what lies in it: smart crates have a sign of their own. */
const [NESTING, SMART_NESTING] = ['%%', '≫≫'] as const
const IS_SMART = /\.scrate$/i

const COLUMNS = ['song', 'artist', 'bpm', 'key', 'length', 'comment'] as const

export const readCrate = (bytes: Uint8Array, name: string, warnings: WarningTally): ForeignPlaylist => {
  const parts = name
    .slice(name.lastIndexOf('/') + 1)
    .normalize('NFC')
    .replace(ENDING, '')
    .split(IS_SMART.test(name) ? SMART_NESTING : NESTING)
    .filter((part) => part.trim() !== '')
  const trackKeys = readChunks(bytes, name, warnings).flatMap((chunk) => {
    if (chunk.name !== 'otrk') return []
    const path = readChunks(chunk.body, name, warnings).find((inner) => inner.name === 'ptrk')
    const text = path && chunkText(path)
    return text ? [seratoPath(text)] : []
  })
  return { name: parts.at(-1) ?? '', folders: parts.slice(0, -1), trackKeys }
}

/** @param paths from the root of the drive, without a slash or a letter of a drive before them */
export const formatCrate = (paths: readonly string[]): Uint8Array =>
  joinBytes([
    formatTextChunk('vrsn', CRATE_VERSION),
    formatChunk('osrt', joinBytes([formatTextChunk('tvcn', 'song'), formatChunk('brev', Uint8Array.of(0))])),
    ...COLUMNS.map((column) =>
      formatChunk('ovct', joinBytes([formatTextChunk('tvcn', column), formatTextChunk('tvcw', '0')])),
    ),
    ...paths.map((path) => formatChunk('otrk', formatTextChunk('ptrk', seratoPath(path)))),
  ])

/** Signs that a name of a file cannot have on some system; two of the last would nest. */
const FORBIDDEN = /[/\\:*?"<>|\p{Cc}]|%(?=%)/gu

/** What the file of a crate is called, without its ending. */
export const crateStem = (folders: readonly string[], name: string): string =>
  [...folders, name].map((part) => part.replace(FORBIDDEN, '-').trim() || '-').join(NESTING)
