import { isUtf8 } from 'node:buffer'

/** The most bytes that a character takes. */
const LONGEST = 4

/** @returns the name of a file, or null where its bytes are not UTF-8: no text can address such a file */
export const nameOfBytes = (bytes: Buffer): string | null => (isUtf8(bytes) ? bytes.toString('utf8') : null)

/** A name of any bytes to be shown: what is not UTF-8 stands as `\xE9`. */
export const showBytes = (bytes: Buffer): string => {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const lengths = Array.from({ length: Math.min(LONGEST, bytes.length - at) }, (_, index) => index + 1)
    const length = lengths.find((one) => isUtf8(bytes.subarray(at, at + one)))
    text +=
      length === undefined
        ? `\\x${bytes[at]!.toString(16).toUpperCase().padStart(2, '0')}`
        : bytes.toString('utf8', at, at + length)
    at += length ?? 1
  }
  return text
}
