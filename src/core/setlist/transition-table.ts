/**
 * @file How well each track of a pool leads into each other one, by the best of the styles.
 * Method: the parts of `transition-parts.ts`, computed for a whole row at once; the result is that of `scoreTransition` times what the
 * style is worth.
 * Conventions: tracks are numbers from 0; NaN is what is not known.
 */
import { keyRelation } from '../similarity/key-relation.ts'
import { MIX_STYLES, type MixStyle, STYLE_WORTH } from './mix-windows.ts'
import { FORBIDDEN } from './order-problem.ts'
import type { TransitionEnd } from './score-transition.ts'
import {
  bassesScore,
  centsApart,
  energyScore,
  keyScore,
  LEAST_PART,
  PART_WEIGHTS,
  soundScore,
  tempoScore,
  voicesScore,
} from './transition-parts.ts'

/** What a style may leave a track by, or come in by; null where it does not go. */
export type MixEnds = Readonly<Record<MixStyle, TransitionEnd | null>>
export type MixTrack = { readonly out: MixEnds; readonly into: MixEnds }

export type TableLimits = {
  /** Largest difference of the tempi in per cent, whole octaves aside; null for none. */
  readonly mostTempoPercent: number | null
  /** No transition in which two voices sound at once for more than this share of it. */
  readonly mostVoices: number | null
}

export const KEYS = Array.from({ length: 24 }, (_, at) => `${(at >> 1) + 1}${at % 2 === 0 ? 'A' : 'B'}`)
export const RELATIONS = KEYS.map((from) => KEYS.map((to) => keyRelation(from, to)!))

const numbersOf = (values: readonly (number | null | undefined)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? Number.NaN)

type Columns = Readonly<Record<'energy' | 'voice' | 'bass', Float64Array>> & { readonly isThere: readonly boolean[] }

const columnsOf = (ends: readonly (TransitionEnd | null)[]): Columns => ({
  isThere: ends.map((end) => end !== null),
  energy: numbersOf(ends.map((end) => end?.energy)),
  voice: numbersOf(ends.map((end) => end?.voice)),
  bass: numbersOf(ends.map((end) => end?.bass)),
})

const { exp, log, log2, round } = Math
/** Key, tuning and tempo are the same at all ends of a track; null where it has no end at all. */
export const mixFacts = ({ out, into }: MixTrack): TransitionEnd | null =>
  MIX_STYLES.map((style) => out[style] ?? into[style]).find(Boolean) ?? null
const logOf = (score: number, weight: number): number => weight * log(Math.max(LEAST_PART, score))

/**
 * How well one track leads into another, whose sounds are so far apart; NaN where they are not compared.
 * @param atLeast less is of no interest: what cannot reach it may be `FORBIDDEN` without a closer look
 */
export type PairScore = (from: number, to: number, distance: number, atLeast?: number) => number

/** Rounding must not leave out what just reaches a limit. */
const ROUNDING = 1e-9

/** @returns the score of two tracks, and `FORBIDDEN` where no style goes, a limit is passed, or nothing is known */
export const pairScore = (tracks: readonly MixTrack[], { mostTempoPercent, mostVoices }: TableLimits): PairScore => {
  const facts = tracks.map(mixFacts)
  const keys = facts.map((end) => (end?.camelot ? KEYS.indexOf(end.camelot.toUpperCase()) : -1))
  const cents = numbersOf(facts.map((end) => end?.tuningCents))
  const octaves = numbersOf(facts.map((end) => end?.tempoBpm && log2(end.tempoBpm)))
  const styles = MIX_STYLES.map((style) => ({
    worth: STYLE_WORTH[style],
    outs: columnsOf(tracks.map(({ out }) => out[style])),
    ins: columnsOf(tracks.map(({ into }) => into[style])),
  }))
  return (from, to, distance, atLeast = 0) => {
    if (to === from) return FORBIDDEN
    let [shared, weights] = [0, 0]
    if (!Number.isNaN(distance)) {
      shared += logOf(soundScore(distance), PART_WEIGHTS.sound)
      weights += PART_WEIGHTS.sound
    }
    if (keys[from]! >= 0 && keys[to]! >= 0) {
      const apart = centsApart(cents[from]!, cents[to]!)
      shared += logOf(keyScore(RELATIONS[keys[from]!]![keys[to]!]!, apart || 0), PART_WEIGHTS.key)
      weights += PART_WEIGHTS.key
    }
    const turn = octaves[to]! - octaves[from]!
    if (!Number.isNaN(turn)) {
      const percent = (2 ** (turn - round(turn)) - 1) * 100
      if (mostTempoPercent !== null && Math.abs(percent) > mostTempoPercent) return FORBIDDEN
      shared += logOf(tempoScore(percent), PART_WEIGHTS.tempo)
      weights += PART_WEIGHTS.tempo
    }
    // All weights together are 1, so the parts that are left can at best keep what is there.
    if (atLeast > 0 && exp(shared) < atLeast - ROUNDING) return FORBIDDEN
    let best = FORBIDDEN
    for (const { worth, outs, ins } of styles) {
      if (!(outs.isThere[from] && ins.isThere[to])) continue
      let [sum, total] = [shared, weights]
      const add = (score: number, weight: number): void => {
        if (Number.isNaN(score)) return
        sum += logOf(score, weight)
        total += weight
      }
      const [voice, other] = [outs.voice[from]!, ins.voice[to]!]
      if (mostVoices !== null && Math.min(voice, other) > mostVoices) continue
      add(energyScore(ins.energy[to]! - outs.energy[from]!), PART_WEIGHTS.energy)
      add(voicesScore(voice, other), PART_WEIGHTS.voices)
      add(bassesScore(outs.bass[from]!, ins.bass[to]!), PART_WEIGHTS.basses)
      if (total > 0) best = Math.max(best, worth * exp(sum / total))
    }
    return best
  }
}

/**
 * @param distancesFrom sound of the end of a track to the beginning of each; null where sounds are not compared
 * @returns from a track, its score into each
 */
export const transitionTable = (
  tracks: readonly MixTrack[],
  distancesFrom: (track: number) => Float32Array | null,
  limits: TableLimits,
): ((from: number) => Float64Array) => {
  const scoreOf = pairScore(tracks, limits)
  return (from) => {
    const distances = distancesFrom(from)
    return Float64Array.from(tracks, (_, to) => scoreOf(from, to, distances?.[to] ?? Number.NaN))
  }
}
