const NEARLY_ALL = 0.999

/** 0.8754 → "87.5 %"; nothing but the whole is shown as 100 %. */
export const percentText = (share: number): string =>
  `${(100 * (share < 1 ? Math.min(share, NEARLY_ALL) : share)).toFixed(1)} %`

/** A confidence in whole percent, cut off: nothing below certainty is shown as 100. */
export const shownPercent = (confidence: number): number => Math.floor(confidence * 100 + 1e-9)

/** How sure a model is, the same everywhere: 0.987 → "98 % sure". */
export const sureText = (confidence: number): string => `${shownPercent(confidence)} % sure`
