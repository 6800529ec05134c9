/** Fields of tracks as other programs write them, into what `ForeignTrack` says. */
import type { Bpm } from '../../units/units.ts'
import { readForeignNumber } from '../foreign-number.ts'

export const readText = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' ? null : text.trim()

export const readNumber = (text: string | undefined): number | null => {
  if (text === undefined || text.trim() === '') return null
  const plain = Number(text)
  return Number.isFinite(plain) ? plain : (readForeignNumber(text) ?? null)
}

/** Programs write 0 for what they do not know. */
export const readPositive = (text: string | undefined): number | null => {
  const value = readNumber(text)
  return value !== null && value > 0 ? value : null
}

export const readCount = (text: string | undefined): number | null => {
  const value = readNumber(text)
  return value !== null && value >= 0 ? Math.round(value) : null
}

/** Collections have tempi of 1 and of 17178 BPM in them. */
const TEMPO_RANGE_BPM = [20, 500] as const
export const isSaneTempo = (bpm: number): boolean => bpm >= TEMPO_RANGE_BPM[0] && bpm <= TEMPO_RANGE_BPM[1]

export const readTempo = (text: string | undefined): Bpm | null => {
  const bpm = readNumber(text)
  return bpm !== null && isSaneTempo(bpm) ? bpm : null
}

/** A rating of 0 to 255, where 51 is a star; none is 0. */
const STAR = 51
export const readStarsOf255 = (text: string | undefined): number | null => {
  const value = readPositive(text)
  return value === null ? null : Math.min(5, Math.max(1, Math.round(value / STAR)))
}

const YEARS = [1000, 9999] as const
/** The year of a date, too; five digits are none. */
const YEAR = /^\s*(\d{4})(?!\d)/
export const readYear = (text: string | undefined): number | null => {
  const year = readNumber(YEAR.exec(text ?? '')?.[1])
  return year !== null && Number.isInteger(year) && year >= YEARS[0] && year <= YEARS[1] ? year : null
}

const DATE = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:$|[T ])/

/** "2025/4/16", "2025-04-16" or with a time, to "2025-04-16". */
export const readDate = (text: string | undefined): string | null => {
  const [, year, month, day] = DATE.exec(text?.trim() ?? '') ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** Of red, green and blue, 0 to 255 each. */
export const formatColour = (channels: readonly number[]): string =>
  `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`

const HEX_COLOUR = /^(?:#|0x)?([0-9a-f]{6})$/i
export const readHexColour = (text: string | undefined): string | null => {
  const [, digits] = HEX_COLOUR.exec(text?.trim() ?? '') ?? []
  return digits === undefined ? null : `#${digits.toLowerCase()}`
}
