/**
 * The container of rekordbox's analysis files (.DAT, .EXT, .2EX): "PMAI", then parts of four letters with two lengths, all big-endian.
 * https://djl-analysis.deepsymmetry.org/rekordbox-export-analysis/anlz.html
 */
import { ByteReader, decodeUtf16 } from '../byte-reader.ts'
import type { WarningTally } from '../warning-tally.ts'

/** One part; `reader` begins at its four letters and ends with it. */
export type AnlzPart = { readonly name: string; readonly reader: ByteReader }

const LEAST_PART_BYTES = 12
const PATH_AT = 0x10

const isAnlz = (bytes: Uint8Array): boolean =>
  bytes.length >= LEAST_PART_BYTES && new ByteReader(bytes, 'big').fourLetters(0) === 'PMAI'

/** @returns the parts as far as their lengths hold; a last one that is cut short is kept for what it has */
export const anlzParts = (bytes: Uint8Array, place: string, warnings: WarningTally): AnlzPart[] => {
  if (!isAnlz(bytes)) {
    warnings.add('An analysis file does not begin as one: it is left out.', place)
    return []
  }
  const file = new ByteReader(bytes, 'big')
  const parts: AnlzPart[] = []
  let at = file.u32(4)
  const isEmpty = at === bytes.length
  if (!isEmpty && (at < LEAST_PART_BYTES || !file.has(at, LEAST_PART_BYTES)))
    warnings.add('An analysis file ends too soon: what is there is read.', place)
  while (at >= LEAST_PART_BYTES && file.has(at, LEAST_PART_BYTES)) {
    const length = file.u32(at + 8)
    if (length < LEAST_PART_BYTES) {
      warnings.add('A part of an analysis file has an impossible length: the rest is left out.', place)
      break
    }
    if (!file.has(at, length)) warnings.add('An analysis file ends too soon: what is there is read.', place)
    const part = bytes.subarray(at, Math.min(at + length, bytes.length))
    parts.push({ name: file.fourLetters(at), reader: new ByteReader(part, 'big') })
    at += length
  }
  return parts
}

/** Where the audio lies: from the drive's root on USB, from the disk's in rekordbox 5, and "?/name" in rekordbox 6 and later. */
export const anlzPath = (parts: readonly AnlzPart[]): string | null => {
  const reader = parts.find(({ name }) => name === 'PPTH')?.reader
  if (reader === undefined || reader.length <= PATH_AT) return null
  const bytes = reader.slice(PATH_AT, Math.min(reader.u32(0x0c), reader.length - PATH_AT))
  return decodeUtf16(bytes, 'big') || null
}
