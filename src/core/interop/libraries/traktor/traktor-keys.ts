/** MUSICAL_KEY of Traktor: 0 to 11 are the major keys from C up, 12 to 23 the minor ones. */
const PITCHES = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'] as const
const MINOR = 12

export const nameOfTraktorKey = (value: number | null): string | null => {
  const pitch = value === null ? undefined : PITCHES[value % MINOR]
  if (value === null || pitch === undefined || value >= 2 * MINOR) return null
  return value < MINOR ? pitch : `${pitch}m`
}

/** C major is 8B on the wheel, and each of its steps is a fifth. */
const HOUR_OF_C = 8
const FIFTH = 7
const MINOR_BELOW_MAJOR = 3

/** @param key of the wheel, e.g. "8A" */
export const traktorKeyOf = (key: string): number => {
  const major = (FIFTH * (Number.parseInt(key, 10) - HOUR_OF_C + PITCHES.length)) % PITCHES.length
  return key.endsWith('B') ? major : MINOR + ((major - MINOR_BELOW_MAJOR + PITCHES.length) % PITCHES.length)
}
