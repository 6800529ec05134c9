import { countText } from '../../core/units/count-text.ts'

const LEAST_MINUTES = 0.5

/** So much a set may be off its length: what one track more or less makes, or no whole minute. */
export const slackMinutes = (minutes: number, tracks: number): number => Math.max(LEAST_MINUTES, minutes / tracks)

/** Said of a set that is longer than wished by more than one track makes; null where it is not. */
export const longerText = (wished: number, minutes: number, tracks: number): string | null =>
  tracks === 0 || minutes - wished <= slackMinutes(minutes, tracks)
    ? null
    : `The set is ${countText(Math.round(minutes - wished), 'minute')} longer than wished.`
