import type { HeardWindows } from './heard-windows.ts'

type Header = { readonly count: number; readonly seconds: number; readonly tags: number; readonly embedding: number }

/** Raise it when the bytes change. */
export const HEARD_WINDOWS_FORMAT = 1

const NEWLINE = 10
const LARGEST_BYTE = 255
const LARGEST_SIGNED = 127

/**
 * Encodes windows with one byte a number: a line of JSON, then probabilities in steps of 1/255, then embeddings, each row in steps of a
 * 127th of its largest part. A second of music takes one kilobyte instead of four; the cosine of two embeddings moves by less than .001.
 */
export const encodeHeardWindows = ({ count, seconds, tags, embeddings }: HeardWindows): Uint8Array => {
  const width = { tags: count === 0 ? 0 : tags.length / count, embedding: count === 0 ? 0 : embeddings.length / count }
  const header = new TextEncoder().encode(`${JSON.stringify({ count, seconds, ...width } satisfies Header)}\n`)
  const bytes = new Uint8Array(header.length + tags.length + embeddings.length)
  bytes.set(header)
  for (let at = 0; at < tags.length; at++) bytes[header.length + at] = Math.round(tags[at]! * LARGEST_BYTE)
  const signed = new Int8Array(bytes.buffer, header.length + tags.length)
  for (let row = 0; row < count; row++) {
    const [first, end] = [row * width.embedding, (row + 1) * width.embedding]
    let largest = 0
    for (let at = first; at < end; at++) largest = Math.max(largest, Math.abs(embeddings[at]!))
    if (largest > 0)
      for (let at = first; at < end; at++) signed[at] = Math.round((embeddings[at]! / largest) * LARGEST_SIGNED)
  }
  return bytes
}

/** @param bytes as `encodeHeardWindows` made them @returns the windows, embeddings of length 1 again */
export const decodeHeardWindows = (bytes: Uint8Array): HeardWindows => {
  const split = bytes.indexOf(NEWLINE) + 1
  const { count, seconds, ...width } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, split))) as Header
  // A request waits for this, and plain loops are ten times as fast as a function for each number.
  const tags = new Float32Array(count * width.tags)
  for (let at = 0; at < tags.length; at++) tags[at] = bytes[split + at]! / LARGEST_BYTE
  const steps = new Int8Array(bytes.buffer, bytes.byteOffset + split + tags.length, count * width.embedding)
  const embeddings = new Float32Array(steps.length)
  for (let row = 0; row < steps.length; row += width.embedding) {
    let squares = 0
    for (let at = row; at < row + width.embedding; at++) squares += steps[at]! ** 2
    const length = Math.sqrt(squares) || 1
    for (let at = row; at < row + width.embedding; at++) embeddings[at] = steps[at]! / length
  }
  return { count, seconds, tags, embeddings }
}
