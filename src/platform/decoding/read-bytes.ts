/** What can be read at any position: an open file, or a descriptor that another process was given. */
export type Bytes = {
  readonly read: (into: Uint8Array, offset: number, length: number, position: number) => Promise<{ bytesRead: number }>
}

/** Reads into `into` from `position` on. @returns the part of `into` that was filled */
export const readInto = async (bytes: Bytes, position: number, into: Uint8Array): Promise<Uint8Array> => {
  let filled = 0
  while (filled < into.length) {
    const { bytesRead } = await bytes.read(into, filled, into.length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return into.subarray(0, filled)
}

/** Reads up to `length` bytes at `position`. */
export const readAt = (bytes: Bytes, position: number, length: number): Promise<Uint8Array> =>
  readInto(bytes, position, new Uint8Array(length))
