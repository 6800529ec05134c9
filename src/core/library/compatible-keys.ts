/** A key on the Camelot wheel: 1A to 12B. */
const CAMELOT = /^(1[0-2]|[1-9])([AB])$/

/**
 * The keys that mix with a key: itself, its neighbours on the wheel (a fifth up or down) and its relative.
 * @param camelot e.g. `8A`, in either case @returns null for anything that is not a key of the wheel
 */
export const compatibleKeys = (camelot: string): readonly string[] | null => {
  const match = CAMELOT.exec(camelot.toUpperCase())
  if (match === null) return null
  const [, hour, letter] = match
  const up = (Number(hour) % 12) + 1
  const down = ((Number(hour) + 10) % 12) + 1
  return [`${hour}${letter}`, `${down}${letter}`, `${up}${letter}`, `${hour}${letter === 'A' ? 'B' : 'A'}`]
}
