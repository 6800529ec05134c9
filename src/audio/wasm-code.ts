/**
 * @file Writes WebAssembly functions from TypeScript (WebAssembly Core Specification 2.0, §5 Binary Format, with SIMD), so that the
 * inner loops over samples run on vectors without a compiler or a binary in the repository.
 * Conventions: an expression is the bytes that leave its value on the stack; a statement leaves nothing. Addresses are in bytes.
 */

export type Code = readonly number[]
type ValueType = 'i32' | 'f32' | 'f64' | 'v128'

const TYPE_BYTE: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b }
const NO_RESULT = 0x40

const unsigned = (value: number): Code => (value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)])
const signed = (value: number): Code =>
  value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)]
const counted = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes]
const listed = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()]

type Binary = (left: Code, right: Code) => Code
type Unary = (value: Code) => Code

const binary =
  (...opcode: number[]): Binary =>
  (left, right) => [...left, ...right, ...opcode]
const unary =
  (...opcode: number[]): Unary =>
  (value) => [...value, ...opcode]
const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)]
/** The alignment is a hint only and stays 0. */
const load =
  (opcode: Code) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, 0, ...unsigned(offset)]

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  ge: binary(0x4f),
}

export const f32 = { max: binary(0x97) }

export const v128 = {
  load: load(simd(0x00)),
  /** Four 16-bit integers, widened to 32 bits. */
  load16x4: load(simd(0x03)),
  load32Splat: load(simd(0x09)),
  /** The lower half; the upper is zero. */
  load64: load(simd(0x5d)),
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...simd(0x0b), 0, ...unsigned(offset)],
  storeLane0: (address: Code, value: Code): Code => [...address, ...value, ...simd(0x5a), 0, 0, 0],
  zero: [...simd(0x0c), ...new Array<number>(16).fill(0)] as Code,
}

/** Picks four 32-bit lanes of two vectors: 0–3 from the first, 4–7 from the second. */
const shuffle = (lanes: readonly number[], left: Code, right: Code): Code => [
  ...left,
  ...right,
  ...simd(0x0d),
  ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
]

export const f32x4 = {
  fromInt32: unary(...simd(0xfa)),
  abs: unary(...simd(0xe0)),
  add: binary(...simd(0xe4)),
  mul: binary(...simd(0xe6)),
  /** NaN in either lane gives NaN. */
  max: binary(...simd(0xe9)),
  splat: unary(...simd(0x13)),
  lane: (index: number, value: Code): Code => [...value, ...simd(0x1f), index],
  shuffle,
}

export const f64x2 = {
  fromLowerFloats: unary(...simd(0x5f)),
  add: binary(...simd(0xf0)),
  sub: binary(...simd(0xf1)),
  mul: binary(...simd(0xf2)),
}

export type Variable = { readonly get: Code; readonly set: (value: Code) => Code }

/** Runs the body `counter` times, counting it down to 0; it must be at least 1. */
export const repeat = (counter: Variable, body: readonly Code[]): Code => [
  ...[0x03, NO_RESULT],
  ...body.flat(),
  ...counter.set(i32.sub(counter.get, i32.const(1))),
  ...[...counter.get, 0x0d, 0x00, 0x0b],
]

export const when = (condition: Code, body: readonly Code[]): Code => [
  ...condition,
  ...[0x04, NO_RESULT],
  ...body.flat(),
  0x0b,
]

export type WasmFunction = { readonly type: Code; readonly body: Code }

/** @param shape names of parameters and local variables with their types; an expression as the last part of the body is the result. */
export const defineFunction = <Params extends string, Locals extends string>(
  shape: {
    readonly params: Readonly<Record<Params, ValueType>>
    readonly locals: Readonly<Record<Locals, ValueType>>
    readonly result?: ValueType
  },
  body: (variables: Readonly<Record<Params | Locals, Variable>>) => readonly Code[],
): WasmFunction => {
  const types: [string, ValueType][] = [...Object.entries<ValueType>(shape.params), ...Object.entries<ValueType>(shape.locals)]
  const variables = Object.fromEntries(
    types.map(([name], index) => [
      name,
      { get: [0x20, ...unsigned(index)], set: (value: Code) => [...value, 0x21, ...unsigned(index)] },
    ]),
  ) as Record<Params | Locals, Variable>
  const params = Object.values<ValueType>(shape.params).map((type) => [TYPE_BYTE[type]])
  const results = shape.result === undefined ? [] : [[TYPE_BYTE[shape.result]]]
  const locals = Object.values<ValueType>(shape.locals).map((type) => [1, TYPE_BYTE[type]])
  return {
    type: [0x60, ...listed(params), ...listed(results)],
    body: counted([...listed(locals), ...body(variables).flat(), 0x0b]),
  }
}

const name = (text: string): Code => counted([...new TextEncoder().encode(text)])
const section = (id: number, items: readonly Code[]): Code => [id, ...counted(listed(items))]

/** @returns a module that imports its memory as `env.memory` and exports the functions by their names. */
export const encodeModule = (functions: Readonly<Record<string, WasmFunction>>): Uint8Array<ArrayBuffer> => {
  const all = Object.values(functions)
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      all.map(({ type }) => type),
    ),
    ...section(2, [[...name('env'), ...name('memory'), 2, 0, 1]]),
    ...section(
      3,
      all.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      Object.keys(functions).map((key, index) => [...name(key), 0, ...unsigned(index)]),
    ),
    ...section(
      10,
      all.map((one) => one.body),
    ),
  ])
}
