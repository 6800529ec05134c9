/** Base64 as Serato writes it: without padding, a line feed after 72 letters, sometimes one letter too many or too few. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const LINE_LETTERS = 72
const PADDING = '='.charCodeAt(0)
const UNKNOWN = 255
const VALUES = new Uint8Array(256).fill(UNKNOWN)
for (const [value, letter] of [...ALPHABET].entries()) VALUES[letter.charCodeAt(0)] = value

/** Reads up to the first NUL or padding and passes over line feeds and other letters; a single last letter gives a byte all the same. */
export const decodeSeratoBase64 = (text: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4) + 1)
  let length = 0
  let held = 0
  let bits = 0
  for (const letter of text) {
    if (letter === 0 || letter === PADDING) break
    const value = VALUES[letter]!
    if (value === UNKNOWN) continue
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[length++] = (held >>> bits) & 0xff
  }
  if (bits === 6) bytes[length++] = (held << 2) & 0xff
  return bytes.subarray(0, length)
}

/** What is encoded must be whole threes of bytes: other readers stumble over the lengths that Serato itself writes. */
export const encodeSeratoBase64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const three = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const letters = Math.min(4, Math.ceil(((bytes.length - at) * 8) / 6))
    for (let letter = 0; letter < letters; letter += 1) {
      if (text.length % (LINE_LETTERS + 1) === LINE_LETTERS) text += '\n'
      text += ALPHABET[(three >>> (18 - 6 * letter)) & 0x3f]
    }
  }
  return text
}
