import { InvalidArgumentError, Option } from 'commander'
import { type CuePlan, LOOP_BARS } from '../core/interop/libraries/plan-cues.ts'
import { servedBy } from '../core/interop/libraries/served-programs.ts'
import { isSectionKind, type SectionKind } from '../core/labels/section-kind.ts'
import { parseNumber } from './argument-parsers.ts'

/** What to write; a program without a format of its own is told by which ones it is served. */
export const formatOption = (names: readonly string[]): Option =>
  new Option('--format <format>', 'of the program').choices(names).argParser((text: string) => {
    if (names.includes(text)) return text
    throw new InvalidArgumentError(servedBy(text) ?? `Allowed choices are ${names.join(', ')}.`)
  })

/** Values of a list, parted by commas. */
export const parseListed = <Value>(allowed: readonly Value[], text: string): readonly Value[] =>
  text.split(',').map((part) => {
    const found = allowed.find((value) => String(value) === part.trim())
    if (found === undefined) throw new InvalidArgumentError(`Each must be one of ${allowed.join(', ')}.`)
    return found
  })

/** "first-8", "last-16" */
export const parseLoops = (text: string): NonNullable<CuePlan['loop']> => {
  const [, at, bars] = /^(first|last)-(\d+)$/.exec(text) ?? []
  const found = LOOP_BARS.find((one) => String(one) === bars)
  if (found === undefined)
    throw new InvalidArgumentError(`It must be first or last and a number of bars, such as first-8 or last-16.`)
  return { bars: found, at: at === 'first' ? 'start' : 'end' }
}

/** "drop=#ff0000,break=#00ff00" */
export const parseColours = (text: string): Partial<Readonly<Record<SectionKind, string>>> =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const [, kind = '', colour] = /^\s*([a-z]+)=(#[0-9a-f]{6})\s*$/i.exec(part) ?? []
      if (colour === undefined || !isSectionKind(kind))
        throw new InvalidArgumentError('Each must be a kind and a colour, such as drop=#ff0000.')
      return [kind, colour.toLowerCase()]
    }),
  )

export const parsePads = (text: string): number =>
  parseNumber(text, (value) => Number.isInteger(value) && value >= 0 && value <= 8, 'a whole number from 0 to 8')
