const snakeCaseKey = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Turns our records into documents: snake_case keys at every depth, typed arrays as arrays, numbers that are not finite as null. */
export const snakeCase = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value === null || typeof value !== 'object') return value
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, snakeCase)
  if (Array.isArray(value)) return value.map(snakeCase)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [snakeCaseKey(key), snakeCase(member)]))
}
