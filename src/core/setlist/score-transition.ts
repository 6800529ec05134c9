/**
 * @file How well the end of one track leads into the beginning of another.
 * Method: six parts that DJs mix by, each 0 to 1; the score is their weighted geometric mean, so that the rest cannot make up for a
 * clash. A part with an unknown end is left out, and the others count for more. The weights are set by judgement: there is no
 * collection of rated mixes to fit them to.
 * Conventions: 1 is a transition that nobody notices, 0 one that everybody does.
 */
import { keyRelation } from '../similarity/key-relation.ts'
import { tempoDifferencePercent } from '../similarity/tempo-difference.ts'

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

const PARTS = ['sound', 'key', 'tempo', 'energy', 'voices', 'basses'] as const
type TransitionPartName = (typeof PARTS)[number]

type TransitionPart = {
  readonly part: TransitionPartName
  /** Null where it is unknown; it then does not count. */
  readonly score: number | null
  readonly weight: number
  /** The values that were judged, of the outro and of the intro. */
  readonly from: number | string | null
  readonly to: number | string | null
  /** Sound: distance in standard deviations of the library. Key: cents of tuning. Tempo: per cent. Energy: on its own scale. */
  readonly difference: number | null
}

export type Transition = {
  /** Null when no part is known. */
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
/** A part this low ruins a transition, so how far below it lies does not matter. */
const LEAST_PART = 0.05
/** The pitch fader of most players reaches 8 %; the first 1 % is inaudible. */
const [FREE_TEMPO_PERCENT, MOST_TEMPO_PERCENT] = [1, 8] as const
/** Keys that mix sound nearly as good as the same key; with all others some notes clash. */
const KEY_SCORES = { same: 1, relative: 0.9, neighbour: 0.9, other: 0.2 } as const
/** Cents of detuning that nobody hears, and a quarter tone, at which even the best key does not help. */
const [FREE_CENTS, MOST_CENTS] = [10, 50] as const
const DETUNED_SCORE = 0.4
/** A break and a drop lie half the scale of the energy apart. */
const MOST_ENERGY = 0.5
/** One turn of a knob removes a second bass, so two basses alone never ruin a transition. */
const TWO_BASSES_SCORE = 0.4

const clamp = (value: number): number => Math.max(0, Math.min(1, value))
/** 1 up to `free`, then down to 0 at `most`. */
const fall = (value: number, free: number, most: number): number => clamp((most - value) / (most - free))

type Judged = Pick<TransitionPart, 'from' | 'to' | 'difference' | 'score'>

/** @param distance √2 for two random parts of a library, which scores ½ */
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
  // −45 cents from one semitone and 45 cents from the one below are 10 cents apart.
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

/** Two voices or two basses clash as far as both sound. */
const judgeClash = (from: number | null, to: number | null, worst: number): Judged => ({
  from,
  to,
  difference: null,
  score: from === null || to === null ? null : 1 - (1 - worst) * Math.min(from, to),
})

/** @param distance of the sounds, as a `SoundTable` measures it; null where it is unknown */
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
