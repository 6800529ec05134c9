/**
 * @file Figures of guesses about labels, as one line of the scoreboard.
 * Method: bands of 90 % that hold for few tracks (`small-sample-bands.ts`); that of macro-F1 is widened to the bootstrap's over tracks.
 * Conventions: a guess names its sample by its place.
 */
import { type Band, bootstrapBand } from '../evaluation/bootstrap-band.ts'
import { expectedCalibrationError } from '../evaluation/calibration.ts'
import { type ClassificationScores, mostLikely, scoreClassification } from '../evaluation/classification-scores.ts'
import { accuracyBand, meanOverKindsBand, type Tally } from '../evaluation/small-sample-bands.ts'
import type { EvaluatedFit } from './evaluated-fit.ts'

export type ScoreLine = {
  readonly name: string
  readonly samples: number
  readonly accuracy: number
  readonly macroF1: number
  readonly accuracyBand: Band
  readonly macroF1Band: Band
  /** Null for lines that give no confidence. */
  readonly calibrationError: number | null
}

export type Guess = { readonly sample: number; readonly predicted: number; readonly confidence: number | null }

export const guessesFrom = (probabilities: Float32Array, classCount: number, picked?: readonly number[]): Guess[] => {
  const predicted = mostLikely(probabilities, classCount)
  return Array.from(predicted, (choice, index) => ({
    sample: picked?.[index] ?? index,
    predicted: choice,
    confidence: probabilities[index * classCount + choice]!,
  }))
}

/** Figures of guesses, with bands of 90 % that hold for few tracks. */
export const lineOf = (
  name: string,
  guesses: readonly Guess[],
  { samples, kinds, seed }: Pick<EvaluatedFit, 'samples' | 'kinds'> & { readonly seed: number },
): ScoreLine => {
  const byTrack = new Map<string, Guess[]>()
  for (const guess of guesses) {
    const { audioDigest } = samples[guess.sample]!.track
    byTrack.set(audioDigest, [...(byTrack.get(audioDigest) ?? []), guess])
  }
  const tracks = [...byTrack.values()]
  const score = (chosen: readonly Guess[]): ClassificationScores =>
    scoreClassification(
      chosen.map(({ sample }) => samples[sample]!.target),
      chosen.map(({ predicted }) => predicted),
      kinds.length,
    )
  const whole = score(guesses)
  const tallies = tracks.map(
    (own): Tally => ({
      samples: own.length,
      right: own.filter(({ sample, predicted }) => samples[sample]!.target === predicted).length,
    }),
  )
  const drawn = bootstrapBand(tracks.length, (groups) => score(groups.flatMap((group) => tracks[group]!)).macroF1, {
    seed,
  })
  const even = meanOverKindsBand(
    whole.macroF1,
    tallies,
    whole.classes.map(({ support }) => support),
  )
  const hasConfidence = guesses.every(({ confidence }) => confidence !== null)
  return {
    name,
    samples: guesses.length,
    accuracy: whole.accuracy,
    macroF1: whole.macroF1,
    accuracyBand: accuracyBand(tallies),
    macroF1Band: { low: Math.min(drawn.low, even.low), high: Math.max(drawn.high, even.high) },
    calibrationError: hasConfidence
      ? expectedCalibrationError(
          guesses.map(({ confidence }) => confidence!),
          guesses.map(({ sample, predicted }) => samples[sample]!.target === predicted),
        )
      : null,
  }
}
