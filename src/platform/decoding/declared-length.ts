/** @file How long a compressed file says it is: FLAC STREAMINFO (RFC 9639 §8.2), MP3 Xing/Info frame (gabriel.mp3-tech.org/mp3infotag). */
import type { Seconds } from '../../core/units/units.ts'
import { mpegFrameAt, readEncoderFrame } from './mpeg-frames.ts'
import type { OpenAudio, SniffedFile } from './open-audio.ts'
import { readAt } from './read-bytes.ts'

/** Audio shorter than this share of the declared length lacks its end, rather than just a dropped last frame. */
const COMPLETE_SHARE = 0.98

const mpegSeconds = (head: Uint8Array): Seconds | null => {
  const frame = mpegFrameAt(head, 0)
  const frames = readEncoderFrame(head)?.frames ?? null
  return frame === null || !frames ? null : (frames * frame.samples) / frame.sampleRate
}

const flacSeconds = (head: Uint8Array): Seconds | null => {
  if (head.length < 26) return null
  const view = new DataView(head.buffer, head.byteOffset)
  const rate = view.getUint32(18) >>> 12
  const samples = (head[21]! & 15) * 2 ** 32 + view.getUint32(22)
  return rate === 0 || samples === 0 ? null : samples / rate
}

/** @returns the length that the file declares; null where the format or the file declares none. */
export const readDeclaredSeconds = async ({ bytes }: OpenAudio, sniffed: SniffedFile): Promise<Seconds | null> => {
  const head = await readAt(bytes, sniffed.streamStart, 256)
  if (sniffed.format === 'flac') return flacSeconds(head)
  return sniffed.format === 'mp3' ? mpegSeconds(head) : null
}

/** @returns a warning where the file declares clearly more or less sound than it holds, null otherwise. */
export const describeDeclared = (declared: Seconds | null, held: Seconds): string | null => {
  if (declared === null) return null
  if (held < COMPLETE_SHARE * declared)
    return `Truncated: ${declared.toFixed(1)} s are declared, ${held.toFixed(1)} s are there`
  return COMPLETE_SHARE * held > declared
    ? `Longer than it says: ${declared.toFixed(1)} s are declared, ${held.toFixed(1)} s are there`
    : null
}
