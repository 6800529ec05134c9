/** The first and the last byte of a part, both included. */
export type ByteRange = { readonly first: number; readonly last: number }

/**
 * What a Range header asks of so many bytes (RFC 9110, 14.2). What is no range, ends before it begins or names several is ignored, as
 * if it were not there; a suffix that is longer than the file is all of it.
 * @returns null where all is to be sent; `unsatisfiable` where the range lies beyond the bytes
 */
export const byteRange = (header: string | undefined, length: number): ByteRange | 'unsatisfiable' | null => {
  const [, from, to] = /^ *bytes *= *(\d*) *- *(\d*) *$/i.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return null
  if (from === '')
    return to !== '' && Number(to) > 0 && length > 0
      ? { first: Math.max(0, length - Number(to)), last: length - 1 }
      : 'unsatisfiable'
  const [first, last] = [Number(from), to === '' ? length - 1 : Math.min(Number(to), length - 1)]
  if (to !== '' && Number(to) < first) return null
  return first < length ? { first, last } : 'unsatisfiable'
}
