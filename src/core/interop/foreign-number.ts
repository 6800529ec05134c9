/**
 * Numbers and times as programs of any country write them: decimal comma or point, grouped thousands, exponents, minutes and hours. What
 * stands for "nothing" in spreadsheets and statistics is absent, not wrong.
 */
import type { Seconds } from '../units/units.ts'

/** A value, null where the cell says that there is none, undefined where it is not a number. */
type Read<Value> = Value | null | undefined

const ABSENT = /^(?:|nan|null|none|nil|n\/?a|#n\/a|[-–—])$/i
const NUMBER = /^([+-]?)((?:\d[\d.,]{0,40})|[.,]\d{1,20})(e[+-]?\d{1,3})?$/i
/** Blanks and apostrophes that group thousands. */
const GROUPING = /(?<=\d)[\s\u00a0\u202f'’](?=\d{3})/g
const GROUPED = /^\d{1,3}(?:[.,]\d{3})+$/

/** Where there are points and commas, the last one is the decimal mark; one that occurs twice groups thousands. */
const splitDigits = (digits: string): readonly [whole: string, fraction: string] | null => {
  const mark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  if (mark < 0) return [digits, '']
  const sign = digits[mark]!
  const isGrouping = digits.indexOf(sign) !== mark
  const [whole, fraction] = isGrouping ? [digits, ''] : [digits.slice(0, mark), digits.slice(mark + 1)]
  return /[.,]/.test(whole) && !GROUPED.test(whole) ? null : [whole.replace(/[.,]/g, ''), fraction]
}

export const readForeignNumber = (text: string): Read<number> => {
  const bare = text.trim().replace(GROUPING, '').replace(/^−/, '-')
  if (ABSENT.test(bare)) return null
  const [, sign = '', digits = '', exponent = ''] = NUMBER.exec(bare) ?? []
  const parts = digits === '' ? null : splitDigits(digits)
  if (parts === null) return undefined
  const value = Number(`${sign}${parts[0] || '0'}.${parts[1] || '0'}${exponent}`)
  return Number.isFinite(value) ? value : undefined
}

const CLOCK = /^([+-]?)(?:(\d{1,4}):)?(\d{1,6}):(\d{1,2}(?:[.,]\d{1,12})?)$/
const MINUTE_SECONDS = 60
const HOUR_SECONDS = 3600

/** Seconds, `m:ss`, `h:mm:ss`, each with a fraction, and "s" after seconds. */
export const readForeignTime = (text: string): Read<Seconds> => {
  const [, sign, hours, minutes, seconds] = CLOCK.exec(text.trim()) ?? []
  if (seconds === undefined) return readForeignNumber(text.replace(/\s*s(?:ec)?\s*$/i, ''))
  const rest = Number(seconds.replace(',', '.'))
  if (rest >= MINUTE_SECONDS || (hours !== undefined && Number(minutes) >= MINUTE_SECONDS)) return undefined
  const value = Number(hours ?? 0) * HOUR_SECONDS + Number(minutes) * MINUTE_SECONDS + rest
  return sign === '-' ? -value : value
}
