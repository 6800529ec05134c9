/** @file How long a compressed file says it is: FLAC STREAMINFO (RFC 9639 §8.2), MP3 Xing/Info frame (gabriel.mp3-tech.org/mp3infotag). */
import type { FileHandle } from 'node:fs/promises'
import type { Seconds } from '../../core/units/units.ts'
import { openRegularFile, readAt, type SniffedFile } from './open-audio.ts'

const MPEG_RATES_HZ = [44100, 48000, 32000]
const MONO = 3
/** Audio shorter than this share of the declared length lacks its end, rather than just a dropped last frame. */
const COMPLETE_SHARE = 0.98

export const isMonoMpeg = (header: Uint8Array): boolean => header[3] !== undefined && header[3] >> 6 === MONO

const mpegSeconds = (frame: Uint8Array): Seconds | null => {
  const at = String.fromCharCode(...frame).search(/Xing|Info/)
  if (at < 0 || frame.length < at + 12 || (frame[at + 7]! & 1) === 0) return null
  const version = (frame[1]! >> 3) & 3
  const isMpeg1 = version === 3
  const rate = MPEG_RATES_HZ[(frame[2]! >> 2) & 3]! / (isMpeg1 ? 1 : version === 2 ? 2 : 4)
  const frames = new DataView(frame.buffer, frame.byteOffset).getUint32(at + 8)
  return (frames * (isMpeg1 ? 1152 : 576)) / rate
}

const flacSeconds = (head: Uint8Array): Seconds | null => {
  if (head.length < 26) return null
  const view = new DataView(head.buffer, head.byteOffset)
  const rate = view.getUint32(18) >>> 12
  const samples = (head[21]! & 15) * 2 ** 32 + view.getUint32(22)
  return rate === 0 || samples === 0 ? null : samples / rate
}

const declaredSeconds = async (file: FileHandle, sniffed: SniffedFile): Promise<Seconds | null> => {
  const head = await readAt(file, sniffed.streamStart, 256)
  if (sniffed.format === 'flac') return flacSeconds(head)
  return sniffed.format === 'mp3' ? mpegSeconds(head) : null
}

/** @returns the length that the file declares; null where the format or the file declares none. */
export const readDeclaredSeconds = async (path: string, sniffed: SniffedFile): Promise<Seconds | null> => {
  const { file } = await openRegularFile(path)
  try {
    return await declaredSeconds(file, sniffed)
  } finally {
    await file.close()
  }
}

/** @returns a warning where the file declares clearly more sound than it holds, null otherwise. */
export const describeTruncation = (declared: Seconds | null, held: Seconds): string | null =>
  declared === null || held >= COMPLETE_SHARE * declared
    ? null
    : `Truncated: ${declared.toFixed(1)} s are declared, ${held.toFixed(1)} s are there`
