/** The page words shares as the terminal does. */
export { percentText } from '../../../core/units/percent-text.ts'

/** A confidence in whole percent, cut off: nothing below certainty is shown as 100. */
export const shownPercent = (confidence: number): number => Math.floor(confidence * 100 + 1e-9)

/** How sure a model is, the same everywhere: 0.987 → "98 % sure". */
export const sureText = (confidence: number): string => `${shownPercent(confidence)} % sure`
