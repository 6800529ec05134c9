import { InvalidArgumentError } from 'commander'
import { keptName } from '../api/operations/fields.ts'
import { MOST_NAME_LETTERS } from '../core/library/kept-name.ts'
import { LOWEST_LEAST } from '../core/setlist/transition-graph.ts'

/** Digits with or without a point; `Number` takes `0x10` and spaces as well. */
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)$/

export const parseNumber = (text: string, isAllowed: (value: number) => boolean, wanted: string): number => {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value) || !isAllowed(value)) throw new InvalidArgumentError(`It must be ${wanted}.`)
  return value
}

/** An empty one would stand for the folder that the command is run in. */
export const parsePath = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('It must be a path.')
  return text
}

export const parseWholeNumber = (text: string): number => parseNumber(text, Number.isInteger, 'a whole number')

export const parsePositiveInteger = (text: string): number =>
  parseNumber(text, (value) => Number.isInteger(value) && value > 0, 'a whole number above 0')

export const parseFinite = (text: string): number => parseNumber(text, () => true, 'a number')

/** From which score on a transition is good. */
export const parseScore = (text: string): number =>
  parseNumber(text, (value) => value >= LOWEST_LEAST && value <= 1, `a score from ${LOWEST_LEAST} to 1`)

/** Model versions are shown as `v3`, and `3` means the same; 0 is the one that ships. */
export const parseModelVersion = (text: string): number =>
  parseNumber(text.replace(/^v/i, ''), (value) => Number.isInteger(value) && value >= 0, 'a version, such as v3')

/** Of a playlist, its folder, or a set. */
export const parseName = (text: string): string => {
  const name = keptName.safeParse(text)
  if (!name.success)
    throw new InvalidArgumentError(
      `It must be a name of 1 to ${MOST_NAME_LETTERS} letters, none of them a control character.`,
    )
  return name.data
}
