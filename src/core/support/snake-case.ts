type SnakeKey<Key extends string> = Key extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${SnakeKey<Rest>}`
    : `_${Lowercase<First>}${SnakeKey<Rest>}`
  : Key

type NumericArray = Float32Array | Float64Array | Uint8Array | Int32Array

/** A value of the engine as the wire has it: the same values under snake_case names, in new arrays and records. */
export type SnakeCased<Value> = Value extends number
  ? number
  : Value extends NumericArray
    ? number[]
    : Value extends readonly unknown[]
      ? { -readonly [Index in keyof Value]: SnakeCased<Value[Index]> }
      : Value extends object
        ? { -readonly [Key in keyof Value as Key extends string ? SnakeKey<Key> : Key]: SnakeCased<Value[Key]> }
        : Value

const snakeKey = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const convert = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value === null || typeof value !== 'object') return value
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, convert)
  if (Array.isArray(value)) return value.map(convert)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [snakeKey(key), convert(member)]))
}

/** Names members in snake_case at every depth, as the API and `--json` do. A number that is not finite becomes null. */
export const snakeCase = <Value>(value: Value): SnakeCased<Value> => convert(value) as SnakeCased<Value>
