type CamelKey<Key extends string> = Key extends `${infer First}_${infer Letter}${infer Rest}`
  ? `${First}${Uppercase<Letter>}${CamelKey<Rest>}`
  : Key

/** What was read from a file or the wire, as the engine has it: the same values under camelCase names. */
export type CamelCased<Value> = Value extends readonly unknown[]
  ? { readonly [Index in keyof Value]: CamelCased<Value[Index]> }
  : Value extends object
    ? { readonly [Key in keyof Value as Key extends string ? CamelKey<Key> : Key]: CamelCased<Value[Key]> }
    : Value

const camelKey = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const convert = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(convert)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [camelKey(key), convert(member)]))
}

/**
 * Names members in camelCase at every depth; takes what JSON holds. `snakeCase` gives a name back where a letter
 * follows each `_`.
 */
export const camelCase = <Value>(value: Value): CamelCased<Value> => convert(value) as CamelCased<Value>
