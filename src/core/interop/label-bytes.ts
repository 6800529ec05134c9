/** @file Bytes of files with labels to texts: encodings as editors and spreadsheets write them, and archives of such files. */
import { unzipSync } from 'fflate'
import { UserError } from '../support/user-error.ts'

/** A file with labels, read already. */
export type LabelFileText = { readonly name: string; readonly text: string }

/** A few times the labels of the largest library; a longer file is something else. */
export const LONGEST_DOCUMENT_CHARACTERS = 64 * 2 ** 20

const ZIP_MARK = [0x50, 0x4b, 0x03, 0x04]
const MOST_FILES = 10_000

/** UTF-16 without a mark has a zero in every other byte of plain text. */
const unmarkedUtf16 = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  const zeros = [0, 0]
  const head = bytes.subarray(0, 200)
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2]!++
  if (bytes.length % 2 !== 0 || Math.max(...zeros) < head.length / 4 || Math.min(...zeros) > 0) return null
  return zeros[1]! > 0 ? 'utf-16le' : 'utf-16be'
}

const encodingOf = (bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return unmarkedUtf16(bytes) ?? 'utf-8'
}

/** Text that is not UTF-8 comes from a program of a Western Windows. */
export const decodeLabelBytes = (bytes: Uint8Array): string => {
  const encoding = encodingOf(bytes)
  try {
    return new TextDecoder(encoding, { fatal: encoding === 'utf-8' }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const unzip = (name: string, bytes: Uint8Array): readonly LabelFileText[] => {
  let [files, size] = [0, 0]
  try {
    const entries = unzipSync(bytes, {
      filter: ({ name: entry, originalSize }) => {
        size += originalSize
        if (++files > MOST_FILES || size > LONGEST_DOCUMENT_CHARACTERS)
          throw new UserError('FORMAT_UNKNOWN', `${name} is far larger than labels need.`)
        // Folders, and what a Mac adds to each file.
        return !entry.endsWith('/') && !/(?:^|\/)(?:__MACOSX\/|\.(?!\.?\/))/.test(entry)
      },
    })
    if (Object.keys(entries).length === 0) throw new UserError('FORMAT_UNKNOWN', `${name} has no files in it.`)
    return Object.entries(entries).map(([entry, content]) => ({ name: entry, text: decodeLabelBytes(content) }))
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError('IMPORT_MALFORMED', `${name}: the archive is damaged.`, {}, error)
  }
}

/** @returns the file as text, or each file of an archive @throws FORMAT_UNKNOWN, IMPORT_MALFORMED for an archive that cannot be read */
export const openLabelFile = (name: string, bytes: Uint8Array): readonly LabelFileText[] =>
  ZIP_MARK.every((byte, at) => bytes[at] === byte) ? unzip(name, bytes) : [{ name, text: decodeLabelBytes(bytes) }]
