/** Bytes that are read where they are wanted: an array of them, or a file that need not be held whole. */
export type ByteSource = {
  readonly length: number
  /** Fewer bytes where the source ends before. */
  readonly subarray: (start: number, end: number) => Uint8Array
}
