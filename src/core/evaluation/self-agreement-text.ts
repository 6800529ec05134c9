/** @file How often a person agrees with themselves, in words, and what that says of models that learn from their labels. */
import { countText } from '../units/count-text.ts'
import { percentText } from '../units/percent-text.ts'

type Agreement = {
  readonly asked: number
  readonly share: number
  /** Of 90 %. */
  readonly band: { readonly low: number; readonly high: number }
}

/** A wider band says nothing of what a model can reach. */
const WIDEST_TELLING = 0.3

export const selfAgreementText = ({ asked, share, band: { low, high } }: Agreement): string => {
  const ceiling =
    high - low > WIDEST_TELLING
      ? 'That is too few to say what a model can reach.'
      : 'No model can be expected to do better.'
  return `You agree with yourself on ${percentText(share, 0)} of ${countText(asked, 'section')} that you were asked about again (90 % band: ${percentText(low, 0)} to ${percentText(high, 0)}). ${ceiling}`
}
