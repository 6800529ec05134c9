/** @file The numbers of an ONNX file that may tell a size, in whatever pieces they are written. */
import { type ProtobufField, readPackedVarints } from './protobuf.ts'

/** More numbers than tensors have dimensions, even with one for each before and one behind. */
const MOST_NUMBERS = 16
const MOST_VARINT_BYTES = 10
/** What has more numbers than a size is not kept; where it tells one all the same, that may be any. */
const ANY: readonly number[] = [Number.POSITIVE_INFINITY]

type Kind = 'float' | 'int32' | 'int64' | 'double'
const BYTES: Readonly<Record<Kind, number>> = { float: 4, int32: 4, int64: 8, double: 8 }
const READ: Readonly<Record<Kind, (view: DataView, at: number) => number>> = {
  float: (view, at) => view.getFloat32(at, true),
  int32: (view, at) => view.getInt32(at, true),
  int64: (view, at) => Number(view.getBigInt64(at, true)),
  double: (view, at) => view.getFloat64(at, true),
}
/** By the `data_type` of a tensor. */
const KINDS: Readonly<Record<number, Kind>> = { 1: 'float', 6: 'int32', 7: 'int64', 11: 'double' }

/** Numbers of equal width. */
const readEqual = (bytes: Uint8Array, kind: Kind): readonly number[] => {
  const width = BYTES[kind]
  if (bytes.length > MOST_NUMBERS * width) return ANY
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: Math.floor(bytes.length / width) }, (_, at) => READ[kind](view, at * width))
}

/** Raw bytes of a tensor. @returns nothing of a type that tells no size */
export const readRaw = (bytes: Uint8Array, type: number): readonly number[] => {
  const kind = KINDS[type]
  return kind === undefined ? [] : readEqual(bytes, kind)
}

/** A number below 0 is written as what it lacks to 2^64. */
const signed = (varint: number): number => (varint >= 2 ** 63 ? varint - 2 ** 64 : varint)

const readVarints = (bytes: Uint8Array): readonly number[] =>
  bytes.length > MOST_NUMBERS * MOST_VARINT_BYTES ? ANY : readPackedVarints(bytes).map(signed)

/** One number, or many that are packed. @param packedAs floats or doubles; otherwise whole numbers */
export const readNumbers = (one: ProtobufField, packedAs?: 'float' | 'double'): readonly number[] => {
  if ('varint' in one) return [signed(one.varint)]
  if ('float' in one) return [one.float]
  return packedAs ? readEqual(one.bytes, packedAs) : readVarints(one.bytes)
}

/** What was read together with what goes on from there: infinity alone where that is more than any size has. */
export const joinNumbers = (before: readonly number[], more: readonly number[]): readonly number[] =>
  before.length + more.length > MOST_NUMBERS || before === ANY || more === ANY ? ANY : [...before, ...more]
