/** A FLAC encoder for tests: verbatim subframes only, with any block sizes (RFC 9639 §9). */
type FlacShape = {
  readonly bits: 8 | 12 | 16 | 20 | 24
  readonly blocks: (index: number) => number
  /** Whether frames are numbered by samples, and whether the header says so: encoders before 1.2 did not. */
  readonly counts?: 'frames' | 'samples' | 'samples, untold'
}

const crcOf = (bytes: readonly number[], width: 8 | 16, polynomial: number): number =>
  bytes.reduce((sum, byte) => {
    let crc = sum ^ (byte << (width - 8))
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & (1 << (width - 1)) ? polynomial : 0)
    return crc & (2 ** width - 1)
  }, 0)

const numberBytes = (value: number): readonly number[] => {
  if (value < 0x80) return [value]
  const rest: number[] = []
  let left = value
  for (let most = 0x3f; left > most || rest.length === 0; most >>= 1) {
    rest.unshift(0x80 | (left & 0x3f))
    left >>= 6
  }
  return [((0xff << (7 - rest.length)) & 0xff) | left, ...rest]
}

const packBits = (values: readonly number[], bits: number): readonly number[] => {
  const bytes: number[] = []
  let [room, filled] = [0, 0]
  for (const value of values)
    for (let bit = bits - 1; bit >= 0; bit--) {
      room = (room << 1) | ((value >> bit) & 1)
      if (++filled === 8) {
        bytes.push(room)
        room = 0
        filled = 0
      }
    }
  if (filled > 0) bytes.push(room << (8 - filled))
  return bytes
}

const SIZE_CODES: Readonly<Record<number, number>> = { 8: 1, 12: 2, 16: 4, 20: 5, 24: 6 }

/** One channel at 44.1 kHz. */
export const flacBytes = (samples: Float32Array, { bits, blocks, counts = 'frames' }: FlacShape): Buffer => {
  const frames: number[] = []
  let [least, most] = [65535, 16]
  for (let at = 0, index = 0; at < samples.length; index++) {
    const size = Math.min(blocks(index), samples.length - at)
    const number = numberBytes(counts === 'frames' ? index : at)
    const sync = [0xff, counts === 'samples' ? 0xf9 : 0xf8]
    const head = [...sync, 0x79, SIZE_CODES[bits]! << 1, ...number, (size - 1) >> 8, (size - 1) & 0xff]
    const values = Array.from(samples.subarray(at, at + size), (value) => Math.round(value * (2 ** (bits - 1) - 1)))
    const body = [...head, crcOf(head, 8, 0x07), 0x02, ...packBits(values, bits)]
    const crc = crcOf(body, 16, 0x8005)
    for (const byte of body) frames.push(byte)
    frames.push(crc >> 8, crc & 0xff)
    if (at + size < samples.length || index === 0) least = Math.min(least, size)
    most = Math.max(most, size)
    at += size
  }
  const info = Buffer.alloc(42)
  info.write('fLaC', 'latin1')
  info.writeUInt32BE(0x80000022, 4)
  info.writeUInt16BE(least, 8)
  info.writeUInt16BE(most, 10)
  info.writeUInt32BE(((44100 << 12) | ((bits - 1) << 4)) >>> 0, 18)
  info.writeUInt32BE(samples.length, 22)
  return Buffer.concat([info, Buffer.from(frames)])
}
