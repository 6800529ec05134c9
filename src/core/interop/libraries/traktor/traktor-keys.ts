/** MUSICAL_KEY of Traktor: 0 to 11 are the major keys from C up, 12 to 23 the minor ones. */
import type { Mode } from '../../../features/key.ts'

const PITCHES = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'] as const
const MINOR = 12

export const nameOfTraktorKey = (value: number | null): string | null => {
  const pitch = value === null ? undefined : PITCHES[value % MINOR]
  if (value === null || pitch === undefined || value >= 2 * MINOR) return null
  return value < MINOR ? pitch : `${pitch}m`
}

export const traktorKeyOf = (tonic: number, mode: Mode): number => (mode === 'major' ? tonic : MINOR + tonic)
