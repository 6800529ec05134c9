import { countText } from '../../core/units/count-text.ts'

const LEAST_MINUTES = 0.5

/** So much a set may be off its length: what one track more or less makes, or no whole minute. */
const slackMinutes = (minutes: number, tracks: number): number => Math.max(LEAST_MINUTES, minutes / tracks)

/** Both lengths are shown as whole minutes, so that whoever adds this to the shorter one gets the longer one. */
const apartText = (longer: number, shorter: number): string =>
  countText(Math.max(1, Math.round(longer) - Math.round(shorter)), 'minute')

/** Said of a set that is longer than wished by more than one track makes; null where it is not. */
export const longerText = (wished: number, minutes: number, tracks: number): string | null =>
  tracks === 0 || minutes - wished <= slackMinutes(minutes, tracks)
    ? null
    : `The set is ${apartText(minutes, wished)} longer than wished.`

/** The same of a shorter one. @param why null where that is not known */
export const shorterText = (wished: number, minutes: number, tracks: number, why: string | null): string | null =>
  tracks === 0 || wished - minutes <= slackMinutes(minutes, tracks)
    ? null
    : `The set is ${apartText(wished, minutes)} shorter than wished.${why === null ? '' : ` ${why}`}`
