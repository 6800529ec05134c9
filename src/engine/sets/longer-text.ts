import { countText } from '../../core/units/count-text.ts'

const LEAST_EXCESS_MINUTES = 0.5

/** Said of a set that is longer than wished by more than one track makes; null where it is not. */
export const longerText = (wished: number, minutes: number, tracks: number): string | null =>
  tracks === 0 || minutes - wished <= Math.max(LEAST_EXCESS_MINUTES, minutes / tracks)
    ? null
    : `The set is ${countText(Math.round(minutes - wished), 'minute')} longer than wished.`
