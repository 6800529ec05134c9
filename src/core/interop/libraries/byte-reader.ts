/** Thrown where a file ends before what its own lengths promise; a reader turns it into a warning. */
export class EndOfBytes extends Error {
  constructor(at: number, length: number, size: number) {
    super(`${length} bytes at ${at} are not there: the file has ${size}`)
    this.name = 'EndOfBytes'
  }
}

/** Numbers and stretches at any place of foreign bytes, each checked against what is there. */
export class ByteReader {
  readonly bytes: Uint8Array
  readonly #view: DataView
  readonly #littleEndian: boolean

  constructor(bytes: Uint8Array, order: 'big' | 'little') {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#littleEndian = order === 'little'
  }

  get length(): number {
    return this.bytes.length
  }

  has(at: number, length: number): boolean {
    return Number.isSafeInteger(at) && at >= 0 && length >= 0 && at + length <= this.bytes.length
  }

  #check(at: number, length: number): void {
    if (!this.has(at, length)) throw new EndOfBytes(at, length, this.bytes.length)
  }

  u8(at: number): number {
    this.#check(at, 1)
    return this.bytes[at]!
  }

  u16(at: number): number {
    this.#check(at, 2)
    return this.#view.getUint16(at, this.#littleEndian)
  }

  u24(at: number): number {
    this.#check(at, 3)
    const [first, second, third] = [this.bytes[at]!, this.bytes[at + 1]!, this.bytes[at + 2]!]
    return this.#littleEndian ? first | (second << 8) | (third << 16) : (first << 16) | (second << 8) | third
  }

  u32(at: number): number {
    this.#check(at, 4)
    return this.#view.getUint32(at, this.#littleEndian)
  }

  i32(at: number): number {
    this.#check(at, 4)
    return this.#view.getInt32(at, this.#littleEndian)
  }

  /** Exact up to 2^53, which no count or position in a file reaches. */
  i64(at: number): number {
    this.#check(at, 8)
    return Number(this.#view.getBigInt64(at, this.#littleEndian))
  }

  f32(at: number): number {
    this.#check(at, 4)
    return this.#view.getFloat32(at, this.#littleEndian)
  }

  f64(at: number): number {
    this.#check(at, 8)
    return this.#view.getFloat64(at, this.#littleEndian)
  }

  /** A view, not a copy. */
  slice(at: number, length: number): Uint8Array {
    this.#check(at, length)
    return this.bytes.subarray(at, at + length)
  }

  /** Four letters, as most formats name their parts. */
  fourLetters(at: number): string {
    return String.fromCharCode(...this.slice(at, 4))
  }
}

/** Up to the first NUL, if there is one. */
export const decodeUtf16 = (bytes: Uint8Array, order: 'big' | 'little'): string =>
  new TextDecoder(order === 'big' ? 'utf-16be' : 'utf-16le').decode(bytes).split('\0', 1)[0]!

export const hexColour = (red: number, green: number, blue: number): string =>
  `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`

/** Of 0xRRGGBB; what lies above, such as an opacity, is left out. */
export const hexColourOf = (rgb: number): string => hexColour((rgb >>> 16) & 0xff, (rgb >>> 8) & 0xff, rgb & 0xff)
