/** Keys as DJ programs write them. Open Key k = ((n − 8) mod 12) + 1 of the Camelot number n, with d for major and m for minor. */
import { PITCH_CLASSES } from '../../features/beat-chroma.ts'
import { formatCamelot } from '../../features/key.ts'
import type { MusicalKey } from './exported-library.ts'

const CLASSIC = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'] as const

/** "C# minor", as the analysis says it. @returns null for what is no key */
export const parseKey = (text: string): MusicalKey | null => {
  const [pitch, mode] = text.split(' ')
  const tonic = (PITCH_CLASSES as readonly (string | undefined)[]).indexOf(pitch)
  return tonic >= 0 && (mode === 'major' || mode === 'minor') ? { tonic, mode } : null
}

/** "F#m", as rekordbox writes it. */
export const formatClassicKey = ({ tonic, mode }: MusicalKey): string =>
  `${CLASSIC[tonic]!}${mode === 'major' ? '' : 'm'}`

/** "2d", as Traktor writes it. */
export const formatOpenKey = ({ tonic, mode }: MusicalKey): string => {
  const camelot = Number.parseInt(formatCamelot(tonic, mode), 10)
  return `${((camelot - 8 + 12) % 12) + 1}${mode === 'major' ? 'd' : 'm'}`
}
