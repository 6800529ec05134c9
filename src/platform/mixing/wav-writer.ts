import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import type { StereoBlock } from '../../core/mixing/deck-reader.ts'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Hertz } from '../../core/units/units.ts'
import { isTaken } from '../store/disk-effects.ts'
import { partialPath } from '../store/partial-path.ts'

const WAV_HEADER_BYTES = 44
const [CHANNELS, SAMPLE_BYTES] = [2, 2] as const
/** The sizes in a WAV file are numbers of 32 bits. */
export const MOST_WAV_FRAMES = Math.floor((2 ** 32 - 1 - WAV_HEADER_BYTES) / (CHANNELS * SAMPLE_BYTES))

/** Of a file of 16 bits in stereo. */
export const wavHeader = (frames: number, sampleRate: Hertz): Uint8Array => {
  const bytes = new Uint8Array(WAV_HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  const text = (at: number, name: string): void => bytes.set(new TextEncoder().encode(name), at)
  const soundBytes = frames * CHANNELS * SAMPLE_BYTES
  text(0, 'RIFF')
  view.setUint32(4, WAV_HEADER_BYTES - 8 + soundBytes, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, CHANNELS, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * CHANNELS * SAMPLE_BYTES, true)
  view.setUint16(32, CHANNELS * SAMPLE_BYTES, true)
  view.setUint16(34, 8 * SAMPLE_BYTES, true)
  text(36, 'data')
  view.setUint32(40, soundBytes, true)
  return bytes
}

/** Interleaved, little-endian whatever the machine is. */
export const wavSamples = ([left, right]: StereoBlock): Uint8Array => {
  const bytes = new Uint8Array(left.length * CHANNELS * SAMPLE_BYTES)
  const view = new DataView(bytes.buffer)
  const sample = (value: number): number => Math.round(32_767 * Math.max(-1, Math.min(1, value)))
  for (let n = 0; n < left.length; n++) {
    view.setInt16(4 * n, sample(left[n]!), true)
    view.setInt16(4 * n + 2, sample(right[n]!), true)
  }
  return bytes
}

const requireFree = (path: string): void => {
  if (isTaken(path)) throw new UserError('EXPORT_EXISTS', `${path} exists.`)
}

/** @throws EXPORT_EXISTS, STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_IO_ERROR, EXPORT_NOT_WRITTEN */
const onDisk = <Result>(path: string, act: () => Result): Result => {
  try {
    return act()
  } catch (error) {
    const told = storageError(error)
    const { code } = error as NodeJS.ErrnoException
    throw told !== error || error instanceof UserError || code === undefined
      ? told
      : new UserError('EXPORT_NOT_WRITTEN', `${path}: ${code}`, {}, error)
  }
}

/**
 * Writes a WAV file that takes its name once it is whole, and never the name of another.
 * @param blocks in order
 * @throws EXPORT_EXISTS, STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_IO_ERROR, and what `blocks` throws
 */
export const writeWav = async (
  path: string,
  sampleRate: Hertz,
  blocks: AsyncIterable<StereoBlock>,
): Promise<number> => {
  requireFree(path)
  const partial = partialPath(path)
  const descriptor = onDisk(path, () => {
    rmSync(partial, { force: true })
    return openSync(partial, 'wx', 0o644)
  })
  let frames = 0
  try {
    const write = (bytes: Uint8Array, at: number): void => {
      for (let done = 0; done < bytes.length; )
        done += writeSync(descriptor, bytes, done, bytes.length - done, at + done)
    }
    for await (const block of blocks) {
      onDisk(path, () => write(wavSamples(block), WAV_HEADER_BYTES + frames * CHANNELS * SAMPLE_BYTES))
      frames += block[0].length
    }
    onDisk(path, () => {
      write(wavHeader(frames, sampleRate), 0)
      fsyncSync(descriptor)
    })
    closeSync(descriptor)
    requireFree(path)
    onDisk(path, () => renameSync(partial, path))
    return frames
  } catch (error) {
    try {
      closeSync(descriptor)
    } catch {
      // Closed already.
    }
    rmSync(partial, { force: true })
    throw error
  }
}
