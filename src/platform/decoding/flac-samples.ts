/**
 * @file The samples of a FLAC frame (RFC 9639 §9.2), for the widths that the WebAssembly decoder does not know, such as 12 and 20 bits.
 * It is slower, and such files are rare.
 */
import type { FlacStream } from './flac-header.ts'

type BitReader = {
  readonly unsigned: (bits: number) => number
  readonly signed: (bits: number) => number
  /** Counts zeros up to the next one. */
  readonly unary: () => number
}

const createBitReader = (bytes: Uint8Array, start: number): BitReader => {
  let at = start * 8
  const bit = (): number => {
    if (at >= 8 * bytes.length) throw new RangeError('The frame is cut off')
    const value = (bytes[at >> 3]! >> (7 - (at & 7))) & 1
    at++
    return value
  }
  const unsigned = (bits: number): number => {
    let value = 0
    for (let left = bits; left > 0; ) {
      const taken = Math.min(left, 8 - (at & 7))
      if (at + taken > 8 * bytes.length) throw new RangeError('The frame is cut off')
      const part = (bytes[at >> 3]! >> (8 - (at & 7) - taken)) & ((1 << taken) - 1)
      value = value * 2 ** taken + part
      at += taken
      left -= taken
    }
    return value
  }
  const signed = (bits: number): number => {
    const value = unsigned(bits)
    return value >= 2 ** (bits - 1) ? value - 2 ** bits : value
  }
  const unary = (): number => {
    let zeros = 0
    while (bit() === 0) zeros++
    return zeros
  }
  return { unsigned, signed, unary }
}

/** Coefficients of the fixed predictors, the newest sample first. */
const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]]

/** Adds the residual, in partitions of Rice codes, to what is predicted. */
const addResidual = (
  reader: BitReader,
  samples: Float64Array,
  { coefficients, shift }: { readonly coefficients: readonly number[]; readonly shift: number },
): void => {
  const parameterBits = reader.unsigned(2) === 0 ? 4 : 5
  const partitions = 2 ** reader.unsigned(4)
  const order = coefficients.length
  let at = order
  for (let partition = 0; partition < partitions; partition++) {
    const parameter = reader.unsigned(parameterBits)
    const rawBits = parameter === 2 ** parameterBits - 1 ? reader.unsigned(5) : null
    for (const end = ((partition + 1) * samples.length) / partitions; at < end; at++) {
      const folded = rawBits === null ? reader.unary() * 2 ** parameter + reader.unsigned(parameter) : 0
      const unfolded = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
      const residual = rawBits === null ? unfolded : rawBits === 0 ? 0 : reader.signed(rawBits)
      let predicted = 0
      for (let n = 0; n < order; n++) predicted += coefficients[n]! * samples[at - 1 - n]!
      samples[at] = residual + Math.floor(predicted / 2 ** shift)
    }
  }
}

const readSubframe = (reader: BitReader, count: number, frameBits: number): Float64Array => {
  const samples = new Float64Array(count)
  reader.unsigned(1)
  const type = reader.unsigned(6)
  const wasted = reader.unsigned(1) === 1 ? reader.unary() + 1 : 0
  const bits = frameBits - wasted
  const isLinear = type >= 32
  const order = isLinear ? (type & 31) + 1 : type & 7
  if (type === 0) samples.fill(reader.signed(bits))
  else if (type === 1) for (let n = 0; n < count; n++) samples[n] = reader.signed(bits)
  else {
    if (!isLinear && (type < 8 || type > 12)) throw new RangeError('The subframe is of no known type')
    for (let n = 0; n < order; n++) samples[n] = reader.signed(bits)
    const precision = isLinear ? reader.unsigned(4) + 1 : 0
    const shift = isLinear ? reader.signed(5) : 0
    const coefficients = isLinear ? Array.from({ length: order }, () => reader.signed(precision)) : FIXED[order]!
    addResidual(reader, samples, { coefficients, shift })
  }
  return wasted === 0 ? samples : samples.map((sample) => sample * 2 ** wasted)
}

const LEFT_SIDE = 8
const SIDE_RIGHT = 9
const MID_SIDE = 10

/**
 * @param frame whole, with a checksum that is right
 * @param headerBytes of its header
 * @throws RangeError where it is no frame all the same
 */
export const readFlacSamples = (
  frame: Uint8Array,
  { headerBytes, samples: count, stream }: { headerBytes: number; samples: number; stream: FlacStream },
): readonly Float32Array[] => {
  const assignment = frame[3]! >> 4
  const channels = assignment < LEFT_SIDE ? assignment + 1 : 2
  const reader = createBitReader(frame, headerBytes)
  const isSide = (channel: number): boolean =>
    assignment >= LEFT_SIDE && channel === (assignment === SIDE_RIGHT ? 0 : 1)
  const planes = Array.from({ length: channels }, (_, channel) =>
    readSubframe(reader, count, stream.bits + (isSide(channel) ? 1 : 0)),
  )
  const [one, two] = [planes[0]!, planes[1]!]
  if (assignment === LEFT_SIDE) planes[1] = two.map((side, n) => one[n]! - side)
  if (assignment === SIDE_RIGHT) planes[0] = one.map((side, n) => side + two[n]!)
  if (assignment === MID_SIDE) {
    const twice = one.map((mid, n) => 2 * mid + (two[n]! & 1))
    planes[0] = twice.map((mid, n) => (mid + two[n]!) / 2)
    planes[1] = twice.map((mid, n) => (mid - two[n]!) / 2)
  }
  const scale = 2 ** (1 - stream.bits)
  return planes.map((plane) => Float32Array.from(plane, (sample) => sample * scale))
}
