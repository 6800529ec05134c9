/**
 * @file From what the models say to how often it is right: the models learnt from generated music, which is harder to tell the tempo of than most
 * recordings and easier to tell the bars of. A straight line through log odds for each decision.
 */
import shipped from './grid-confidence.weights.json' with { type: 'json' }

export type Calibration = { readonly slope: number; readonly offset: number }

/** Fitted on recordings under free licences and on generated pieces (`recipes/bar-phase/calibrate.ts`, decision 0065). */
export const GRID_CALIBRATIONS: Readonly<Record<'family' | 'bars', Calibration>> = shipped

/** Nothing is surer than this. */
const LEAST_ODDS = 1e-6

export const calibrated = (probability: number, { slope, offset }: Calibration): number => {
  const open = Math.min(1 - LEAST_ODDS, Math.max(LEAST_ODDS, probability))
  return 1 / (1 + Math.exp(-slope * Math.log(open / (1 - open)) - offset))
}

/** Where what is said of the chosen answer is right so much seldomer, each other one is so much likelier, though never more than it. */
export const calibratedOther = (other: number, chosen: { probability: number; confidence: number }): number =>
  Math.min(chosen.confidence, (other * (1 - chosen.confidence)) / Math.max(LEAST_ODDS, 1 - chosen.probability))
