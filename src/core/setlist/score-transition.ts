/**
 * @file How well the end of one track leads into the beginning of another, with the reasons.
 * Method: six parts that DJs mix by, as `transition-parts.ts` judges them. A part with an unknown end is left out, and the others count
 * for more.
 * Conventions: 1 is a transition that nobody notices, 0 one that everybody does.
 */
import { keyRelation } from '../similarity/key-relation.ts'
import { tempoDifferencePercent } from '../similarity/tempo-difference.ts'
import {
  bassesScore,
  centsApart,
  energyScore,
  keyScore,
  LEAST_PART,
  PART_WEIGHTS,
  soundScore,
  TRANSITION_PARTS,
  type TransitionPartName,
  tempoScore,
  voicesScore,
} from './transition-parts.ts'

/** One side of a transition: the outro of a track, or the intro of the next. Null means unknown. */
export type TransitionEnd = {
  readonly tempoBpm: number | null
  readonly camelot: string | null
  /** Deviation from A = 440 Hz, −50 to 50. */
  readonly tuningCents: number | null
  /** 0 to 1, on the scale of a track's energy curve. */
  readonly energy: number | null
  /** Share of the time, 0 to 1, in which a voice is heard. */
  readonly voice: number | null
  /** Share of the beats, 0 to 1, with the full bass of the track. */
  readonly bass: number | null
}

type TransitionPart = {
  readonly part: TransitionPartName
  /** Null where it is unknown; it then does not count. */
  readonly score: number | null
  readonly weight: number
  /** The values that were judged, of the outro and of the intro. */
  readonly from: number | string | null
  readonly to: number | string | null
  /** Sound: distance in standard deviations of the library. Key: cents of tuning. Tempo: per cent. Energy: on its own scale. Voices: share of the window in which both sound. */
  readonly difference: number | null
}

export type Transition = {
  /** Null when no part is known. */
  readonly score: number | null
  readonly parts: readonly TransitionPart[]
}

type Judged = Pick<TransitionPart, 'from' | 'to' | 'difference' | 'score'>

type Sides<Value> = { readonly from: Value | null; readonly to: Value | null }

/** @param judge called only where both sides are known */
const judge = <Value extends number | string>(
  { from, to }: Sides<Value>,
  difference: number | null,
  judged: (from: Value, to: Value) => number | null,
): Judged => ({ from, to, difference, score: from === null || to === null ? null : judged(from, to) })

const apart = (one: number | null, other: number | null, measure: (one: number, other: number) => number) =>
  one === null || other === null ? null : measure(one, other)

export const judgeKey = (out: TransitionEnd, into: TransitionEnd): Judged => {
  const cents = apart(out.tuningCents, into.tuningCents, centsApart)
  return judge({ from: out.camelot, to: into.camelot }, cents, (from, to) => {
    const relation = keyRelation(from, to)
    return relation && keyScore(relation, cents ?? 0)
  })
}

export const judgeTempo = (out: TransitionEnd, into: TransitionEnd): Judged => {
  const percent = apart(out.tempoBpm, into.tempoBpm, tempoDifferencePercent)
  return judge({ from: out.tempoBpm, to: into.tempoBpm }, percent, () => tempoScore(percent!))
}

const judgeEnergy = (out: TransitionEnd, into: TransitionEnd): Judged => {
  const difference = apart(out.energy, into.energy, (from, to) => to - from)
  return judge({ from: out.energy, to: into.energy }, difference, () => energyScore(difference!))
}

/** Their weighted geometric mean; null when none is known. */
export const weighParts = (
  parts: readonly { readonly score: number | null; readonly weight: number }[],
): number | null => {
  const known = parts.flatMap(({ score, weight }) => (score === null ? [] : [{ score, weight }]))
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  const logarithm = known.reduce((sum, { score, weight }) => sum + weight * Math.log(Math.max(LEAST_PART, score)), 0)
  return total === 0 ? null : Math.exp(logarithm / total)
}

/**
 * @param distance of the sounds, as a `SoundTable` measures it; null where it is unknown
 * @param together share of the window in which both voices sound; where its bars are not known, voices count by their shares of both ends
 */
export const scoreTransition = (
  out: TransitionEnd,
  into: TransitionEnd,
  distance: number | null,
  together: number | null = null,
): Transition => {
  const judged: Readonly<Record<TransitionPartName, Judged>> = {
    sound: { from: null, to: null, difference: distance, score: distance === null ? null : soundScore(distance) },
    key: judgeKey(out, into),
    tempo: judgeTempo(out, into),
    energy: judgeEnergy(out, into),
    voices: judge({ from: out.voice, to: into.voice }, together, (from, to) =>
      together === null ? voicesScore(from, to) : 1 - together,
    ),
    basses: judge({ from: out.bass, to: into.bass }, null, bassesScore),
  }
  const parts = TRANSITION_PARTS.map((part) => ({ part, weight: PART_WEIGHTS[part], ...judged[part] }))
  return { score: weighParts(parts), parts }
}
