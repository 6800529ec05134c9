/**
 * @file Whether a tensor of an ONNX file holds in that file what its shape promises (onnx.proto3 of onnx 1.17, `TensorProto`): a runtime makes
 * room by the shape, and looks for data that is not here in other files.
 */
import { UserError } from '../support/user-error.ts'
import { TENSOR } from './onnx-template.ts'
import { readPackedVarints, visitProtobuf } from './protobuf.ts'
import { joinNumbers, readNumbers, readRaw } from './size-numbers.ts'

/** `data_location` EXTERNAL. */
const EXTERNAL = 1
const TEXT_TYPE = 8
const MOST_DIMENSIONS = 16

/** Bits of a value by `data_type`: from float over the integers, text, the complex ones and float8 down to four bits. */
const BITS: readonly number[] = [0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4]
/** Values that lie in a field of their own for each type, and not as raw bytes, by the type: a complex number is two, four bits are half. */
const FIELD_VALUES: Readonly<Record<number, number>> = { 14: 2, 15: 2, 21: 0.5, 22: 0.5, 23: 0.5 }

/** Numbers of a packed field without making them: the last byte of each is below 128. */
const countVarints = (bytes: Uint8Array): number => bytes.reduce((count, byte) => count + (byte < 0x80 ? 1 : 0), 0)

const VARINT_FIELDS: readonly number[] = [TENSOR.int32s, TENSOR.int64s, TENSOR.uint64s]
const NUMBER_FIELDS: readonly number[] = [...VARINT_FIELDS, TENSOR.floats, TENSOR.doubles]

export const corruptNetwork = (detail: string): UserError => new UserError('MODEL_CORRUPT', detail)
export const foreignNetwork = (detail: string): UserError => new UserError('INCOMPATIBLE_MODEL', detail)

/** A tensor by its name, and its numbers where they may tell a size: infinity alone where they are too many for one. */
export type SoundTensor = { readonly name: string; readonly numbers: readonly number[] }

/** Fields that hold numbers of a type each, and how they are packed there. */
const PACKED: Readonly<Record<number, 'float' | 'double' | undefined>> = {
  [TENSOR.floats]: 'float',
  [TENSOR.doubles]: 'double',
}

/** @throws UserError MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const requireSoundTensor = (bytes: Uint8Array): SoundTensor => {
  const dimensions: number[] = []
  let listed: readonly number[] = []
  let [type, held, name] = [0, 0, '']
  let raw: Uint8Array | null = null
  let isExternal = false
  visitProtobuf(bytes, (one) => {
    const packed = 'bytes' in one ? one.bytes : null
    const value = 'varint' in one ? one.varint : null
    if (NUMBER_FIELDS.includes(one.field)) listed = joinNumbers(listed, readNumbers(one, PACKED[one.field]))
    if (one.field === TENSOR.dimensions) {
      const more = packed ? (packed.length > 10 * MOST_DIMENSIONS ? [] : readPackedVarints(packed)) : [value ?? 0]
      dimensions.push(...more)
      if (dimensions.length > MOST_DIMENSIONS || (packed && more.length === 0 && packed.length > 0))
        throw corruptNetwork('A tensor has too many dimensions.')
    } else if (one.field === TENSOR.type) type = value ?? 0
    else if (one.field === TENSOR.name && packed) name = new TextDecoder().decode(packed.subarray(0, 200))
    else if (one.field === TENSOR.raw) raw = packed
    else if (one.field === TENSOR.external || (one.field === TENSOR.location && value === EXTERNAL)) isExternal = true
    else if (one.field === TENSOR.floats) held += packed ? packed.length / 4 : 1
    else if (one.field === TENSOR.doubles) held += packed ? packed.length / 8 : 1
    else if (one.field === TENSOR.texts) held++
    else if (VARINT_FIELDS.includes(one.field)) held += packed ? countVarints(packed) : 1
  })
  if (isExternal) throw foreignNetwork(`The numbers of ${name || 'a tensor'} lie in another file.`)
  const bits = BITS[type] ?? 0
  if (bits === 0 && type !== TEXT_TYPE) throw corruptNetwork(`${name || 'A tensor'} is of the unknown type ${type}.`)
  const promised = dimensions.reduce((product, size) => product * size, 1)
  const rawBytes = (raw as Uint8Array | null)?.length ?? null
  const isWhole =
    rawBytes === null
      ? held === Math.ceil(promised * (FIELD_VALUES[type] ?? 1))
      : held === 0 && rawBytes === Math.ceil((promised * bits) / 8)
  if (!isWhole) throw corruptNetwork(`${name || 'A tensor'} does not hold the ${promised} values of its shape.`)
  return { name, numbers: raw === null ? listed : readRaw(raw, type) }
}
