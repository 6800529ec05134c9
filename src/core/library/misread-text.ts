/**
 * Text whose bytes were taken for Latin-1 and are in another encoding: "Ð\u009cÐ¸Ñ\u0080" for "Мир". The bytes can be had back, and read again.
 */

/** What such bytes are read as; the names are those of the WHATWG encoding standard. */
export const TEXT_ENCODINGS = [
  'utf-8',
  'windows-1251',
  'koi8-r',
  'windows-1253',
  'windows-1255',
  'windows-1256',
  'windows-874',
  'shift_jis',
  'gbk',
  'big5',
  'euc-kr',
  'windows-1252',
] as const
export type TextEncoding = (typeof TEXT_ENCODINGS)[number]

/** What windows-1252 has in place of the control characters 0x80 to 0x9f of Latin-1; programs confuse the two. */
const WINDOWS_1252: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 32 }, (_, at) => {
    const byte = 0x80 + at
    return [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte] as const
  }),
)

/** The bytes that Latin-1 or windows-1252 shows as this text; null for text that neither can show. */
const bytesOf = (text: string): Uint8Array<ArrayBuffer> | null => {
  const bytes = new Uint8Array(text.length)
  for (const [at, character] of [...text].entries()) {
    const byte = WINDOWS_1252.get(character) ?? character.codePointAt(0)!
    if (byte > 0xff) return null
    bytes[at] = byte
  }
  return bytes
}

/** @returns the text that the bytes give in another encoding, null where they are not valid in it */
export const readBytesAs = (text: string, encoding: TextEncoding): string | null => {
  const bytes = bytesOf(text)
  if (bytes === null) return null
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
