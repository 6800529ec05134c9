import { type Bytes, readAt } from './read-bytes.ts'

const text = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(start, start + length))

/** Where a stream ends without ID3v1 (128 bytes that begin with "TAG") and APEv2 (a footer of 32 bytes) behind it. */
export const endWithoutTags = async (bytes: Bytes, start: number, end: number): Promise<number> => {
  let stop = end
  if (stop - start >= 128 && text(await readAt(bytes, stop - 128, 3), 0, 3) === 'TAG') stop -= 128
  const footer = stop - start >= 32 ? await readAt(bytes, stop - 32, 32) : new Uint8Array(0)
  if (footer.length === 32 && text(footer, 0, 8) === 'APETAGEX') {
    const view = new DataView(footer.buffer, footer.byteOffset, footer.byteLength)
    const hasHeader = (view.getUint32(20, true) & 0x80000000) !== 0
    const first = stop - view.getUint32(12, true) - (hasHeader ? 32 : 0)
    // A footer whose header is not where it says, or which is larger than all there is, says nothing of where the sound ends.
    const isWhole = first > start && (!hasHeader || text(await readAt(bytes, first, 8), 0, 8) === 'APETAGEX')
    stop = isWhole ? first : stop - 32
  }
  return Math.max(start, stop)
}
