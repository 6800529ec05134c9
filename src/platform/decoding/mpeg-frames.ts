/** @file Frames of MPEG audio (ISO 11172-3 §2.4.1.3, ISO 13818-3) and the frame that encoders put first (gabriel.mp3-tech.org/mp3infotag). */

export type MpegFrame = {
  /** 1, 2, or 2.5. */
  readonly version: 1 | 2 | 2.5
  readonly layer: 1 | 2 | 3
  readonly sampleRate: number
  readonly channels: 1 | 2
  readonly samples: number
  readonly bytes: number
}

const RATES_HZ = [44100, 48000, 32000]
const KBPS = {
  high: {
    1: [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    2: [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    3: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  },
  low: {
    1: [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    2: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    3: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  },
} as const

const VERSIONS = [2.5, null, 2, 1] as const
const LAYERS = [null, 3, 2, 1] as const

/** @returns the frame whose header begins at `at`; null where none does, also for a frame of free bit rate */
export const mpegFrameAt = (bytes: Uint8Array, at: number): MpegFrame | null => {
  const [sync, second, third, fourth] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
  if (sync !== 0xff || second === undefined || third === undefined || fourth === undefined) return null
  const version = (second & 0xe0) === 0xe0 ? VERSIONS[(second >> 3) & 3]! : null
  const layer = LAYERS[(second >> 1) & 3]!
  const rate = RATES_HZ[(third >> 2) & 3]
  if (version === null || layer === null || rate === undefined) return null
  const kbps = KBPS[version === 1 ? 'high' : 'low'][layer][(third >> 4) - 1]
  if (kbps === undefined) return null
  const sampleRate = rate / (version === 1 ? 1 : version === 2 ? 2 : 4)
  const padding = (third >> 1) & 1
  const samples = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1152
  const bytesOf = Math.floor((samples / 8) * ((kbps * 1000) / sampleRate)) + padding
  const inSlots = layer === 1 ? 4 * (Math.floor((12 * kbps * 1000) / sampleRate) + padding) : bytesOf
  return { version, layer, sampleRate, channels: fourth >> 6 === 3 ? 1 : 2, samples, bytes: inSlots }
}

/** What an encoder says in the first frame, which holds no sound. */
export type EncoderFrame = {
  /** Frames that follow, and bytes of all; null where it does not say. */
  readonly frames: number | null
  readonly bytes: number | null
  /** Whether decoders give silence for it instead of passing over it. */
  readonly isPlayed: boolean
  /** Samples that the encoder put before and behind the sound; null where nobody says so. */
  readonly padding: { readonly before: number; readonly behind: number } | null
}

/** Those that write delay and padding in LAME's way. */
const WITH_PADDING = ['LAME', 'Lavf', 'Lavc']
const text = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))

/** Fraunhofer's frame lies in one place, whatever the kind of the frame. */
const VBRI_AT = 36

/** @param bytes from the first frame on @returns null where the first frame is one of sound */
export const readEncoderFrame = (bytes: Uint8Array): EncoderFrame | null => {
  const frame = mpegFrameAt(bytes, 0)
  if (frame === null || frame.layer !== 3) return null
  const side = frame.version === 1 ? (frame.channels === 1 ? 17 : 32) : frame.channels === 1 ? 9 : 17
  const at = 4 + side
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (text(bytes, VBRI_AT) === 'VBRI' && bytes.length >= VBRI_AT + 18)
    return { frames: view.getUint32(VBRI_AT + 14), bytes: view.getUint32(VBRI_AT + 10), isPlayed: true, padding: null }
  if (text(bytes, at) !== 'Xing' && text(bytes, at) !== 'Info') return null
  if (bytes.length < at + 16) return null
  const flags = view.getUint32(at + 4)
  const fields = [4, 4, 100, 4]
  let next = at + 8
  const frames = (flags & 1) !== 0 ? view.getUint32(next) : null
  const size = (flags & 2) !== 0 ? view.getUint32(next + ((flags & 1) !== 0 ? 4 : 0)) : null
  for (const [bit, length] of fields.entries()) if ((flags & (1 << bit)) !== 0) next += length
  const hasPadding = WITH_PADDING.includes(text(bytes, next)) && bytes.length >= next + 24
  const told = { frames, bytes: size, isPlayed: false }
  if (!hasPadding) return { ...told, padding: null }
  const both = (bytes[next + 21]! << 16) | (bytes[next + 22]! << 8) | bytes[next + 23]!
  return { ...told, padding: { before: both >> 12, behind: both & 0xfff } }
}
