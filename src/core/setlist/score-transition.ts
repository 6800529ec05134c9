/**
 * @file How well the end of one track goes over into the beginning of another.
 * Method: six parts, each 0 to 1, by what DJs mix by; the score is their weighted geometric mean, so that one clash is not made up for by
 * all the rest. A part of which one end is not known is left out, and the others count for it. Weights are set by judgement: there is no
 * collection of mixes with marks to fit them to.
 * Conventions: 1 is a transition that nobody notices, 0 one that everybody does.
 */
import { keyRelation } from '../similarity/key-relation.ts'
import { tempoDifferencePercent } from '../similarity/tempo-difference.ts'

/** One side of a transition: the outro of a track, or the intro of the next. Null is what is not known. */
export type TransitionEnd = {
  readonly tempoBpm: number | null
  readonly camelot: string | null
  /** Deviation from A = 440 Hz, −50 to 50. */
  readonly tuningCents: number | null
  /** 0 to 1, as the energy curve of a track. */
  readonly energy: number | null
  /** Share of the time, 0 to 1, in which a voice is heard. */
  readonly voice: number | null
  /** Share of the beats, 0 to 1, with the full bass of the track. */
  readonly bass: number | null
}

const PARTS = ['sound', 'key', 'tempo', 'energy', 'voices', 'basses'] as const
type TransitionPartName = (typeof PARTS)[number]

type TransitionPart = {
  readonly part: TransitionPartName
  /** Null where it is not known, and does not count. */
  readonly score: number | null
  readonly weight: number
  /** What it was judged by: of the outro, of the intro. */
  readonly from: number | string | null
  readonly to: number | string | null
  /** Sound: distance in deviations of the library. Key: cents of tuning. Tempo: per cent. Energy: of its scale. */
  readonly difference: number | null
}

export type Transition = {
  /** Null where no part is known. */
  readonly score: number | null
  readonly parts: readonly TransitionPart[]
}

const WEIGHTS: Readonly<Record<TransitionPartName, number>> = {
  sound: 0.2,
  key: 0.25,
  tempo: 0.25,
  energy: 0.1,
  voices: 0.15,
  basses: 0.05,
}
/** Below it a part ruins a transition, and how far below does not matter. */
const LEAST_PART = 0.05
/** The pitch fader of most players reaches 8 %, of which the first is not heard. */
const [FREE_TEMPO_PERCENT, MOST_TEMPO_PERCENT] = [1, 8] as const
/** Keys that mix are hardly told from the same key; of the others something always rubs. */
const KEY_SCORES = { same: 1, relative: 0.9, neighbour: 0.9, other: 0.2 } as const
/** Cents of detuning that nobody hears; at a quarter tone the best key is as good as none. */
const [FREE_CENTS, MOST_CENTS] = [10, 50] as const
const DETUNED_SCORE = 0.4
/** Half the scale of the energy is from a break to a drop. */
const MOST_ENERGY = 0.5
/** Two basses are one turn of a knob: they never ruin a transition by themselves. */
const TWO_BASSES_SCORE = 0.4

const clamp = (value: number): number => Math.max(0, Math.min(1, value))
/** 1 up to `free`, then down to 0 at `most`. */
const fall = (value: number, free: number, most: number): number => clamp((most - value) / (most - free))

type Judged = Pick<TransitionPart, 'from' | 'to' | 'difference' | 'score'>

/** @param distance √2 for two parts of a library drawn at random, which makes ½ */
const judgeSound = (distance: number | null): Judged => ({
  from: null,
  to: null,
  difference: distance,
  score: distance === null ? null : clamp(1 - distance ** 2 / 4),
})

const judgeKey = (out: TransitionEnd, into: TransitionEnd): Judged => {
  const [from, to] = [out.camelot, into.camelot]
  const relation = from === null || to === null ? null : keyRelation(from, to)
  const apart =
    out.tuningCents === null || into.tuningCents === null ? null : Math.abs(out.tuningCents - into.tuningCents)
  // −45 and 45 cents are 10 apart: the semitone above is the same key a semitone higher.
  const cents = apart === null ? null : Math.min(apart, 100 - apart)
  const tuned = cents === null ? 1 : DETUNED_SCORE + (1 - DETUNED_SCORE) * fall(cents, FREE_CENTS, MOST_CENTS)
  return { from, to, difference: cents, score: relation === null ? null : KEY_SCORES[relation] * tuned }
}

const judgeTempo = (out: TransitionEnd, into: TransitionEnd): Judged => {
  const [from, to] = [out.tempoBpm, into.tempoBpm]
  const percent = from === null || to === null ? null : tempoDifferencePercent(from, to)
  const score = percent === null ? null : fall(Math.abs(percent), FREE_TEMPO_PERCENT, MOST_TEMPO_PERCENT)
  return { from, to, difference: percent, score }
}

const judgeEnergy = (out: TransitionEnd, into: TransitionEnd): Judged => {
  const [from, to] = [out.energy, into.energy]
  const difference = from === null || to === null ? null : to - from
  return { from, to, difference, score: difference === null ? null : fall(Math.abs(difference), 0, MOST_ENERGY) }
}

/** Two of a kind at once clash as far as both are there. */
const judgeClash = (from: number | null, to: number | null, worst: number): Judged => ({
  from,
  to,
  difference: null,
  score: from === null || to === null ? null : 1 - (1 - worst) * Math.min(from, to),
})

/** @param distance of the sounds, as a `SoundTable` measures it; null where it is not known */
export const scoreTransition = (out: TransitionEnd, into: TransitionEnd, distance: number | null): Transition => {
  const judged: Readonly<Record<TransitionPartName, Judged>> = {
    sound: judgeSound(distance),
    key: judgeKey(out, into),
    tempo: judgeTempo(out, into),
    energy: judgeEnergy(out, into),
    voices: judgeClash(out.voice, into.voice, 0),
    basses: judgeClash(out.bass, into.bass, TWO_BASSES_SCORE),
  }
  const parts = PARTS.map((part) => ({ part, weight: WEIGHTS[part], ...judged[part] }))
  const known = parts.flatMap(({ score, weight }) => (score === null ? [] : [{ score, weight }]))
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  const logarithm = known.reduce((sum, { score, weight }) => sum + weight * Math.log(Math.max(LEAST_PART, score)), 0)
  return { score: total === 0 ? null : Math.exp(logarithm / total), parts }
}
