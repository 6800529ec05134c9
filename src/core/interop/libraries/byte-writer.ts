/** Foreign bytes as they are put together: whole numbers in big- or little-endian order, text, and parts one after the other. */
export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

export const wholeNumber = (value: number, length: 1 | 2 | 3 | 4, order: 'big' | 'little' = 'big'): Uint8Array => {
  const bytes = Uint8Array.from({ length }, (_, index) => Math.floor(value / 256 ** index) & 0xff)
  return order === 'little' ? bytes : bytes.reverse()
}

export const encodeUtf16 = (text: string, order: 'big' | 'little' = 'big'): Uint8Array =>
  joinBytes(Array.from({ length: text.length }, (_, index) => wholeNumber(text.charCodeAt(index), 2, order)))

export const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
