/**
 * @file What the samples themselves tell of how they are stored. A stream that is read with the wrong width or byte order sounds like
 * noise, and only another reading makes it smooth.
 */
import type { ReadBytes } from './iff-chunks.ts'
import { type PcmEncoding, readSamples } from './pcm-samples.ts'
import type { PcmPart } from './pcm-stream.ts'

const STRETCHES = 12
/** A multiple of the frames of all widths, and of 1 to 4, 6 and 8 channels. */
const STRETCH_BYTES = 9216

/** Stretches of bytes from all over the sound, each beginning with a whole frame. */
export const lookAtSamples = async (
  read: ReadBytes,
  parts: readonly PcmPart[],
  { frameBytes, sizeBytes }: { readonly frameBytes: number; readonly sizeBytes: number },
): Promise<readonly Uint8Array[]> => {
  const stretches: Uint8Array[] = []
  for (const { start, bytes } of parts) {
    const held = Math.min(bytes, sizeBytes - start)
    const spacing = Math.max(STRETCH_BYTES, Math.floor(held / STRETCHES))
    for (let at = 0; at < held && stretches.length < STRETCHES * 2; at += spacing) {
      const first = at - (at % frameBytes)
      stretches.push(await read(start + first, Math.min(STRETCH_BYTES, held - first)))
    }
  }
  return stretches
}

const valuesOf = (bytes: Uint8Array, encoding: PcmEncoding): Float32Array => {
  const values = new Float32Array(Math.floor(bytes.length / (encoding.bits / 8)))
  readSamples(bytes, encoding, values)
  return values
}

/** A few invalid samples are a fault of their own; where there are many, this is no reading. */
const MOST_INVALID_SHARE = 0.01

/** Power of the steps from frame to frame as a share of what it is in white noise: 1 for noise, far less for music. */
const roughness = (stretches: readonly Uint8Array[], encoding: PcmEncoding, channels: number): number => {
  let [steps, power, sum, count, invalid] = [0, 0, 0, 0, 0]
  for (const bytes of stretches) {
    const values = valuesOf(bytes, encoding)
    for (let n = channels; n < values.length; n++) {
      const [value, step] = [values[n]!, values[n]! - values[n - channels]!]
      if (!Number.isFinite(step)) invalid++
      else {
        steps += step ** 2
        power += value ** 2
        sum += value
        count++
      }
    }
  }
  if (invalid > MOST_INVALID_SHARE * count) return Number.POSITIVE_INFINITY
  const spread = power - sum ** 2 / Math.max(1, count)
  return spread <= 0 ? 0 : steps / (2 * spread)
}

const NOISY = 0.5
const SMOOTH = 0.1

const READINGS: readonly PcmEncoding[] = (['int', 'float'] as const).flatMap((kind) =>
  ([8, 16, 24, 32] as const)
    .filter((bits) => kind === 'int' || bits === 32)
    .flatMap((bits) =>
      [false, true].map((bigEndian) => ({ kind, bits, bigEndian, unsigned: bits === 8 && !bigEndian }) as const),
    ),
)

/** Integers that would all be sound as floats are floats: those of music would be anything from 10^-38 to 10^38. */
const areFloats = (stretches: readonly Uint8Array[], encoding: PcmEncoding): boolean => {
  if (encoding.kind !== 'int' || encoding.bits !== 32) return false
  const values = stretches.flatMap((bytes) => [...valuesOf(bytes, { ...encoding, kind: 'float' })])
  const sounding = values.filter((value) => value !== 0)
  const likely = sounding.filter((value) => Math.abs(value) > 1e-12 && Math.abs(value) < 16)
  return likely.length > 0.99 * sounding.length
}

/** A step of a byte from near one end of its range to near the other. */
const JUMP = 192
/** Jumps in sound that was written with the other sign, at each of its zeros, and how much rarer they are with the right one. */
const LEAST_JUMPS_SHARE = 0.002
const RARER = 20
/** Sound that reaches so far is no square wave of the whole range, which jumps as well. */
const LEAST_PEAK = 8

const lookAtJumps = (stretches: readonly Uint8Array[], unsigned: boolean, channels: number) => {
  let [jumps, count, peak] = [0, 0, 0]
  for (const bytes of stretches) {
    const values = valuesOf(bytes, { kind: 'int', bits: 8, bigEndian: false, unsigned, fullScale: 1 })
    for (let n = channels; n < values.length; n++) {
      if (Math.abs(values[n]! - values[n - channels]!) >= JUMP) jumps++
      peak = Math.max(peak, Math.abs(values[n]!))
      count++
    }
  }
  return { share: jumps / Math.max(1, count), peak }
}

/** Whether bytes were written with the other sign: they jump from one end of the range to the other wherever the sound is quiet. */
const haveOtherSign = (stretches: readonly Uint8Array[], { kind, bits, unsigned }: PcmEncoding, channels: number) => {
  if (kind !== 'int' || bits !== 8) return false
  const [own, other] = [lookAtJumps(stretches, unsigned, channels), lookAtJumps(stretches, !unsigned, channels)]
  return own.share > LEAST_JUMPS_SHARE && own.share > RARER * other.share && other.peak >= LEAST_PEAK
}

/** Whether the samples are noise as the header has them read, and sound in another reading. */
export const contradictsSamples = (
  stretches: readonly Uint8Array[],
  encoding: PcmEncoding,
  channels: number,
): boolean =>
  areFloats(stretches, encoding) ||
  haveOtherSign(stretches, encoding, channels) ||
  (roughness(stretches, encoding, channels) > NOISY &&
    READINGS.some((reading) => roughness(stretches, reading, channels) < SMOOTH))

const every = (stretches: readonly Uint8Array[], encoding: PcmEncoding, test: (value: number) => boolean): boolean =>
  stretches.every((bytes) => valuesOf(bytes, { ...encoding, fullScale: 1 }).every(test))

/** Floats of 24 bits: up to 2^23, and not all near 0. */
const isFloatOf24Bits = (value: number): boolean =>
  Number.isFinite(value) && Math.abs(value) <= 2 ** 25 && (value === 0 || Math.abs(value) >= 2 ** -40)

/**
 * How integers lie in a container that is wider than they need: at its bottom, with copies of the sign above, or at its top, with zeros
 * below. Music that is as quiet at the top as it would have to be to look like the other is none.
 * @returns null where they lie in neither way
 */
export const alignedEncoding = (
  stretches: readonly Uint8Array[],
  encoding: PcmEncoding,
  bits: number,
): PcmEncoding | null => {
  const fullScale = 2 ** (bits - 1)
  if (every(stretches, encoding, (value) => value >= -fullScale && value < fullScale)) return { ...encoding, fullScale }
  const spareBytes = encoding.bits / 8 - Math.ceil(bits / 8)
  if (stretches.every((bytes) => lowBytesAreZero(bytes, encoding, spareBytes))) return encoding
  const float: PcmEncoding = { ...encoding, kind: 'float', unsigned: false }
  return encoding.bits === 32 && bits === 24 && every(stretches, float, isFloatOf24Bits)
    ? { ...float, fullScale: 2 ** 23 }
    : null
}

const lowBytesAreZero = (bytes: Uint8Array, { bits, bigEndian }: PcmEncoding, count: number): boolean => {
  const width = bits / 8
  for (let at = 0; at + width <= bytes.length; at += width)
    for (let low = 0; low < count; low++) if (bytes[at + (bigEndian ? width - 1 - low : low)] !== 0) return false
  return true
}
