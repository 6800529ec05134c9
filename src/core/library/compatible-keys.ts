import { parseKey } from './key-notation.ts'

/**
 * The keys that mix with a key: itself, its neighbours on the wheel (a fifth up or down) and its relative.
 * @param key in any notation, e.g. `8A` or `A minor` @returns keys of the wheel; null for anything that is no key
 */
export const compatibleKeys = (key: string): readonly string[] | null => {
  const camelot = parseKey(key)
  if (camelot === null) return null
  const [hour, letter] = [Number.parseInt(camelot, 10), camelot.at(-1)!]
  const up = (hour % 12) + 1
  const down = ((hour + 10) % 12) + 1
  return [camelot, `${down}${letter}`, `${up}${letter}`, `${hour}${letter === 'A' ? 'B' : 'A'}`]
}
