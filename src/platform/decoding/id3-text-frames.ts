/**
 * @file Has music-metadata read text frames of ID3v2 as they are written. By itself it takes the slash of ID3v2.3 for a divider of names,
 * which cuts "AC/DC" in two, and cuts genres at brackets. Its parser is reached by the place of its file, since the package does not
 * export it; `tags.test.ts` says if a version moves it.
 * https://id3.org/id3v2.4.0-structure §4 (encodings), https://id3.org/id3v2.4.0-frames §4.2 (several values, each ended by a zero)
 */

type FrameParser = {
  readData: (this: FrameParser, bytes: Uint8Array, type: string, includeCovers: boolean) => unknown
  splitValue: (tag: string, text: string) => readonly string[]
}

const ENCODINGS = ['latin1', 'utf-16', 'utf-16be', 'utf-8'] as const
/** Title, artist, album, genre and key, in ID3v2.3 and 2.4, then in 2.2. */
const FRAMES = ['TIT2', 'TPE1', 'TALB', 'TCON', 'TKEY', 'TT2', 'TP1', 'TAL', 'TCO', 'TKE']
const GENRE_FRAMES = ['TCON', 'TCO']
/** A number in the list of genres that programs share, or several of them in brackets. */
const GENRE_NUMBER = /^(?:\d+|\((?:\d+|RX|CR)\).*)$/s

/** Latin-1 to the letter: control characters stay what they are, which tells that another encoding was meant. */
const decodeLatin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

const decodeText = (encoding: (typeof ENCODINGS)[number], bytes: Uint8Array): string => {
  if (encoding === 'latin1') return decodeLatin1(bytes)
  const isBigEndian = encoding === 'utf-16' && bytes[0] === 0xfe && bytes[1] === 0xff
  return new TextDecoder(isBigEndian ? 'utf-16be' : encoding === 'utf-16' ? 'utf-16le' : encoding).decode(bytes)
}

/** The values of a text frame, null for one whose encoding is unknown. */
const textValues = (bytes: Uint8Array): readonly string[] | null => {
  const encoding = ENCODINGS[bytes[0] ?? ENCODINGS.length]
  if (encoding === undefined) return null
  const values = decodeText(encoding, bytes.subarray(1)).split('\0')
  // Each value of UTF-16 may have a mark of its own.
  return values.map((value) => value.replace(/^\ufeff/, '')).filter((value) => value !== '')
}

const parserFile = new URL('./id3v2/FrameParser.js', import.meta.resolve('music-metadata'))
const { FrameParser } = (await import(parserFile.href)) as { readonly FrameParser: { readonly prototype: FrameParser } }
const { readData } = FrameParser.prototype

FrameParser.prototype.readData = function (bytes, type, includeCovers) {
  const values = FRAMES.includes(type) ? textValues(bytes) : null
  if (values === null) return readData.call(this, bytes, type, includeCovers)
  return GENRE_FRAMES.includes(type) && values.some((value) => GENRE_NUMBER.test(value))
    ? readData.call(this, bytes, type, includeCovers)
    : values
}
FrameParser.prototype.splitValue = (_tag, text) => text.split('\0').filter((value) => value !== '')
