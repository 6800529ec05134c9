import { closeSync, openSync, readSync, rmSync } from 'node:fs'
import type { StereoBlock, StereoSource } from '../../core/mixing/deck-reader.ts'

const FRAME_BYTES = 2 * Float32Array.BYTES_PER_ELEMENT

export type PcmFile = StereoSource & { readonly close: () => void }

/** Sound that `decodeIntoFile` has written, read from anywhere in it; the file goes when it is closed. */
export const openPcmFile = (path: string, frames: number): PcmFile => {
  const descriptor = openSync(path, 'r')
  const read = (from: number, count: number): StereoBlock => {
    const planes: StereoBlock = [new Float32Array(count), new Float32Array(count)]
    const [first, last] = [Math.max(0, from), Math.min(frames, from + count)]
    if (last <= first) return planes
    const held = new Float32Array(2 * (last - first))
    const bytes = new Uint8Array(held.buffer)
    for (let done = 0; done < bytes.length; ) {
      const got = readSync(descriptor, bytes, done, bytes.length - done, first * FRAME_BYTES + done)
      if (got === 0) break
      done += got
    }
    for (let n = 0; n < last - first; n++) {
      planes[0][first - from + n] = held[2 * n]!
      planes[1][first - from + n] = held[2 * n + 1]!
    }
    return planes
  }
  return {
    read,
    close: () => {
      closeSync(descriptor)
      rmSync(path, { force: true })
    },
  }
}
