/** The four shapes of protobuf's wire format that ONNX needs (protobuf.dev/programming-guides/encoding, read 2026-11). */
export type ProtobufField =
  | { readonly field: number; readonly varint: number }
  | { readonly field: number; readonly float: number }
  | { readonly field: number; readonly bytes: Uint8Array }

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5

export type ProtobufWriter = {
  readonly varint: (field: number, value: number) => void
  readonly float: (field: number, value: number) => void
  readonly text: (field: number, value: string) => void
  readonly bytes: (field: number, value: Uint8Array) => void
  readonly packedVarints: (field: number, values: ArrayLike<number>) => void
  readonly packedFloats: (field: number, values: ArrayLike<number>) => void
  readonly message: (field: number, write: (inner: ProtobufWriter) => void) => void
  readonly finish: () => Uint8Array
}

/** Varints must be whole numbers from 0 to 2^53 − 1. */
export const createProtobufWriter = (): ProtobufWriter => {
  let buffer = new Uint8Array(256)
  let length = 0
  const reserve = (more: number): void => {
    if (length + more <= buffer.length) return
    const grown = new Uint8Array(Math.max(buffer.length * 2, length + more))
    grown.set(buffer.subarray(0, length))
    buffer = grown
  }
  const putVarint = (value: number): void => {
    reserve(10)
    let left = value
    while (left >= 0x80) {
      buffer[length++] = (left % 0x80) | 0x80
      left = Math.floor(left / 0x80)
    }
    buffer[length++] = left
  }
  const putFloat = (value: number): void => {
    reserve(4)
    new DataView(buffer.buffer).setFloat32(length, value, true)
    length += 4
  }
  const putKey = (field: number, wire: number): void => putVarint(field * 8 + wire)
  const bytes = (field: number, value: Uint8Array): void => {
    putKey(field, BYTES)
    putVarint(value.length)
    reserve(value.length)
    buffer.set(value, length)
    length += value.length
  }
  const nested = (field: number, write: (inner: ProtobufWriter) => void): void => {
    const inner = createProtobufWriter()
    write(inner)
    bytes(field, inner.finish())
  }
  return {
    varint: (field, value) => {
      putKey(field, VARINT)
      putVarint(value)
    },
    float: (field, value) => {
      putKey(field, FIXED32)
      putFloat(value)
    },
    text: (field, value) => bytes(field, new TextEncoder().encode(value)),
    bytes,
    packedVarints: (field, values) => {
      const start = length
      for (let index = 0; index < values.length; index++) putVarint(values[index]!)
      const packed = buffer.slice(start, length)
      length = start
      bytes(field, packed)
    },
    packedFloats: (field, values) => {
      putKey(field, BYTES)
      putVarint(values.length * 4)
      for (let index = 0; index < values.length; index++) putFloat(values[index]!)
    },
    message: nested,
    finish: () => buffer.slice(0, length),
  }
}

/** Thrown for bytes that are not a protobuf message. */
export class ProtobufError extends Error {}

const readVarint = (bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } => {
  let value = 0
  let scale = 1
  for (let index = at; index < at + 10; index++) {
    const byte = bytes[index]
    if (byte === undefined) throw new ProtobufError(`byte ${at}: the message ends inside a number`)
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return { value, next: index + 1 }
    scale *= 0x80
  }
  throw new ProtobufError(`byte ${at}: a number is longer than 10 bytes`)
}

/** Visits the fields of a message one by one, since a hostile one may have a hundred million. @throws ProtobufError */
export const visitProtobuf = (bytes: Uint8Array, visit: (field: ProtobufField) => void): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at < bytes.length) {
    const key = readVarint(bytes, at)
    const field = Math.floor(key.value / 8)
    const wire = key.value % 8
    at = key.next
    if (wire === VARINT) {
      const { value, next } = readVarint(bytes, at)
      visit({ field, varint: value })
      at = next
      continue
    }
    const size = wire === BYTES ? readVarint(bytes, at) : { value: wire === FIXED32 ? 4 : 8, next: at }
    if (wire !== BYTES && wire !== FIXED32 && wire !== FIXED64)
      throw new ProtobufError(`byte ${at}: unknown wire type ${wire}`)
    if (size.next + size.value > bytes.length) throw new ProtobufError(`byte ${at}: field ${field} goes beyond the end`)
    if (wire === FIXED32) visit({ field, float: view.getFloat32(at, true) })
    else visit({ field, bytes: bytes.subarray(size.next, size.next + size.value) })
    at = size.next + size.value
  }
}

export type ProtobufReader = (bytes: Uint8Array) => readonly ProtobufField[]

/**
 * Reads one message after the other, until so many fields came up in all: an empty one takes two bytes of a file and a hundred of memory.
 * @throws ProtobufError
 */
export const createProtobufReader = (mostFields: number): ProtobufReader => {
  let left = mostFields
  return (bytes) => {
    const fields: ProtobufField[] = []
    visitProtobuf(bytes, (field) => {
      if (--left < 0) throw new ProtobufError(`it has more than ${mostFields} parts`)
      fields.push(field)
    })
    return fields
  }
}

export const readPackedVarints = (bytes: Uint8Array): number[] => {
  const values: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const { value, next } = readVarint(bytes, at)
    values.push(value)
    at = next
  }
  return values
}

export const readPackedFloats = (bytes: Uint8Array): Float32Array => {
  if (bytes.length % 4 !== 0) throw new ProtobufError('packed floats of a length that is no multiple of 4')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true))
}
