/**
 * @file How keys are written: round the Camelot wheel (8A), as Open Key (1m), or by their names (Am).
 * A key is held as the wheel writes it: minor keys have the letter A, and the number of their relative major.
 */
export const KEY_NOTATIONS = ['camelot', 'open_key', 'musical'] as const
export type KeyNotation = (typeof KEY_NOTATIONS)[number]

/** Tonics from 1 to 12 on the wheel, by the names that DJs and their programs use. */
const TONICS = {
  A: ['A♭', 'E♭', 'B♭', 'F', 'C', 'G', 'D', 'A', 'E', 'B', 'F♯', 'C♯'],
  B: ['B', 'F♯', 'D♭', 'A♭', 'E♭', 'B♭', 'F', 'C', 'G', 'D', 'A', 'E'],
} as const

const CAMELOT = /^0?([1-9]|1[0-2])\s*([AB])$/i
const OPEN_KEY = /^0?([1-9]|1[0-2])\s*([dm])$/i
/** C major is 8B, and 1d. */
const OPEN_KEY_BEHIND = 7
const MUSICAL = /^([A-G])\s*-?\s*(#|♯|sharp|b|♭|flat)?\s*-?\s*(m|min|minor|moll|maj|major|dur)?\.?$/i

/** Semitones above C. */
const NATURALS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }

const wheelNumber = (semitones: number, isMinor: boolean): number => {
  const relativeMajor = semitones + (isMinor ? 3 : 0)
  return ((7 + 7 * relativeMajor) % 12) + 1
}

const ofMusical = (text: string): string | null => {
  const match = MUSICAL.exec(text)
  if (match === null) return null
  const [, letter = '', sign = '', mode = ''] = match
  const isSharp = ['#', '♯', 'sharp'].includes(sign.toLowerCase())
  const shift = sign === '' ? 0 : isSharp ? 1 : -1
  // Only a single letter means something else as a capital.
  const isMinor = mode === 'm' || /^(?:min|moll)/i.test(mode)
  return `${wheelNumber((NATURALS[letter.toUpperCase()]! + shift + 12) % 12, isMinor)}${isMinor ? 'A' : 'B'}`
}

/** @param text a key in any notation, as tags of files have it @returns the key on the wheel, or null for no key */
export const parseKey = (text: string): string | null => {
  const trimmed = text.trim()
  const camelot = CAMELOT.exec(trimmed)
  if (camelot) return `${camelot[1]}${camelot[2]!.toUpperCase()}`
  const open = OPEN_KEY.exec(trimmed)
  if (open) return `${((Number(open[1]) + OPEN_KEY_BEHIND - 1) % 12) + 1}${open[2]!.toLowerCase() === 'm' ? 'A' : 'B'}`
  return ofMusical(trimmed)
}

type WheelKey = { readonly hour: number; readonly letter: 'A' | 'B' }
const wheelKey = (camelot: string): WheelKey => ({
  hour: Number.parseInt(camelot, 10),
  letter: camelot.endsWith('A') ? 'A' : 'B',
})

/** @param camelot a key of the wheel @returns its tonic, e.g. `B♭` */
export const tonicOf = (camelot: string): string => {
  const { hour, letter } = wheelKey(camelot)
  return TONICS[letter][hour - 1]!
}

/** @param camelot a key of the wheel, e.g. `8A` @returns e.g. `8A`, `1m` or `Am` */
export const keyInNotation = (camelot: string, notation: KeyNotation): string => {
  const { hour, letter } = wheelKey(camelot)
  if (notation === 'open_key') return `${((hour + 11 - OPEN_KEY_BEHIND) % 12) + 1}${letter === 'A' ? 'm' : 'd'}`
  return notation === 'musical' ? `${tonicOf(camelot)}${letter === 'A' ? 'm' : ''}` : camelot
}
