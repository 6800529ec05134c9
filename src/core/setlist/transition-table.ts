/**
 * @file How well the end of each track of a pool leads into the beginning of each other one, by the best of the styles.
 * Method: the parts of `transition-parts.ts`, computed for a whole row or column at once; the result is that of `scoreTransition` times
 * what the style is worth. It knows no windows: `refined-table.ts` judges those that it puts first.
 * Conventions: tracks are numbers from 0; NaN is what is not known; a negative score is an obstacle, by `obstacleOf`.
 */
import { keyRelation } from '../similarity/key-relation.ts'
import { beatsOnBeat, nearestOctave } from '../similarity/tempo-difference.ts'
import { MIX_STYLES, type MixStyle, STYLE_WORTH } from './mix-styles.ts'
import { barsTogether } from './mix-windows.ts'
import { type Obstacle, scoreOfObstacle } from './obstacles.ts'
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

/** What a style may leave a track by, or come in by, and how many bars it can take there; null where it does not go. */
export type MixEnds = Readonly<Record<MixStyle, MixEnd | null>>
type MixEnd = TransitionEnd & { readonly bars: number }
export type MixTrack = {
  readonly out: MixEnds
  readonly into: MixEnds
  /** So long it is heard alone at least: a phrase, which tells how long its bars are. */
  readonly aloneBeats?: number
}

export type TableLimits = {
  /** Largest steps of the tempo up and down in per cent, whole octaves aside; null for none. */
  readonly mostRisePercent: number | null
  readonly mostFallPercent: number | null
  /** No shorter transition; a cut is a bar long. */
  readonly leastBars: number
}

export type TransitionTable = {
  /** From a track, its score into each; negative where it cannot go there. */
  readonly from: (track: number) => Float64Array
  /** Of each track, its score into one. */
  readonly into: (track: number) => Float64Array
}

/** Sounds of the ends of a track to the beginnings of each, and the other way round; null where sounds are not compared. */
export type TableDistances = {
  readonly from: (track: number) => Float32Array | null
  readonly into: (track: number) => Float32Array | null
}

export const KEYS = Array.from({ length: 24 }, (_, at) => `${(at >> 1) + 1}${at % 2 === 0 ? 'A' : 'B'}`)
export const RELATIONS = KEYS.map((from) => KEYS.map((to) => keyRelation(from, to)!))

const numbersOf = (values: readonly (number | null | undefined)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? Number.NaN)

type Columns = {
  /** 0 where the style does not go. */
  readonly bars: Float64Array
  readonly energy: Float64Array
  /** What the part would add to the sum if the other end had as much of it: of two ends, the one with less decides. */
  readonly voices: Float64Array
  readonly basses: Float64Array
}

const columnsOf = (ends: readonly MixEnds[MixStyle][]): Columns => {
  const alike = (
    values: readonly (number | null | undefined)[],
    part: 'voices' | 'basses',
    judge: (one: number, other: number) => number,
  ): Float64Array => numbersOf(values).map((value) => logOf(judge(value, value), PART_WEIGHTS[part]))
  return {
    bars: Float64Array.from(ends, (end) => end?.bars ?? 0),
    energy: numbersOf(ends.map((end) => end?.energy)),
    voices: alike(
      ends.map((end) => end?.voice),
      'voices',
      voicesScore,
    ),
    basses: alike(
      ends.map((end) => end?.bass),
      'basses',
      bassesScore,
    ),
  }
}

/** Key, tuning and tempo are the same at all ends of a track; null where it has no end at all. */
export const mixFacts = ({ out, into }: MixTrack): TransitionEnd | null =>
  MIX_STYLES.map((style) => out[style] ?? into[style]).find(Boolean) ?? null

const { exp, log, log2, max } = Math
/** Not a number where the score is none. */
const logOf = (score: number, weight: number): number => (score === 1 ? 0 : weight * log(max(LEAST_PART, score)))

const isTooFar = (percent: number, { mostRisePercent, mostFallPercent }: TableLimits): boolean =>
  (mostRisePercent !== null && percent > mostRisePercent) || (mostFallPercent !== null && -percent > mostFallPercent)

/** What the person has set between two tracks of a pool, and how good that is; it counts instead of every other way. */
export type SetByHand = { readonly from: number; readonly to: number; readonly score: number }

/** @param octaves between the tempi; NaN where one is not known */
const ratioOf = (octaves: number): number => (Number.isNaN(octaves) ? 1 : beatsOnBeat(1, 2 ** octaves))

const USUAL_PHRASE_BEATS = 16
/** What differs from style to style. */
const ENDS_WEIGHT = PART_WEIGHTS.energy + PART_WEIGHTS.voices + PART_WEIGHTS.basses

/** How well one track leads into another one, whose sounds are so far apart; NaN where they are not compared. */
type PairScore = (from: number, to: number, distance: number) => number

export const pairScore = (tracks: readonly MixTrack[], limits: TableLimits): PairScore => {
  const { leastBars } = limits
  const some = tracks.map(mixFacts)
  const keys = some.map((end) => (end?.camelot ? KEYS.indexOf(end.camelot.toUpperCase()) : -1))
  const cents = numbersOf(some.map((end) => end?.tuningCents))
  /** Only how they compare counts. */
  const metres = tracks.map(({ aloneBeats }) => aloneBeats ?? USUAL_PHRASE_BEATS)
  const octaves = numbersOf(some.map((end) => (end?.tempoBpm ? log2(end.tempoBpm) : null)))
  const styles = MIX_STYLES.map((style) => ({
    worth: log(STYLE_WORTH[style]),
    outs: columnsOf(tracks.map(({ out }) => out[style])),
    ins: columnsOf(tracks.map(({ into }) => into[style])),
  }))
  return (from, to, distance) => {
    let shared = 0
    let weights = 0
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
      const percent = (2 ** (turn - nearestOctave(turn)) - 1) * 100
      if (isTooFar(percent, limits)) return scoreOfObstacle('tempo')
      shared += logOf(tempoScore(percent), PART_WEIGHTS.tempo)
      weights += PART_WEIGHTS.tempo
    }
    /** Logarithm of the best score so far. */
    let best = Number.NEGATIVE_INFINITY
    let obstacle: Obstacle = 'nothing known'
    for (const { worth, outs, ins } of styles) {
      if (Math.min(outs.bars[from]!, ins.bars[to]!) < 1) continue
      // A cut of half a bar is as good as one of a bar.
      const inBars = (ins.bars[to]! * metres[to]!) / metres[from]!
      if (leastBars > 1 && barsTogether(outs.bars[from]!, inBars, ratioOf(turn)) < leastBars) {
        obstacle = 'bars'
        continue
      }
      // Not even with spotless ends.
      if (worth + shared / (weights + ENDS_WEIGHT) <= best) continue
      let sum = shared
      let total = weights
      const energy = energyScore(ins.energy[to]! - outs.energy[from]!)
      if (!Number.isNaN(energy)) {
        sum += logOf(energy, PART_WEIGHTS.energy)
        total += PART_WEIGHTS.energy
      }
      const voices = max(outs.voices[from]!, ins.voices[to]!)
      if (!Number.isNaN(voices)) {
        sum += voices
        total += PART_WEIGHTS.voices
      }
      const basses = max(outs.basses[from]!, ins.basses[to]!)
      if (!Number.isNaN(basses)) {
        sum += basses
        total += PART_WEIGHTS.basses
      }
      if (total > 0) best = max(best, worth + sum / total)
    }
    return best > Number.NEGATIVE_INFINITY ? exp(best) : scoreOfObstacle(obstacle)
  }
}

export const transitionTable = (
  tracks: readonly MixTrack[],
  distances: TableDistances,
  limits: TableLimits,
  byHand: readonly SetByHand[] = [],
): TransitionTable => {
  const scoreOf = pairScore(tracks, limits)
  const itself = scoreOfObstacle('the same track')
  const tooFar = scoreOfObstacle('tempo')
  /** The bars and voices of what a person has set are their choice, but not the tempi. */
  const prefer = (row: Float64Array, track: number, score: number): void => {
    if (row[track] !== tooFar) row[track] = score
  }
  return {
    from: (from) => {
      const sounds = distances.from(from)
      const row = new Float64Array(tracks.length)
      for (let to = 0; to < row.length; to++)
        row[to] = to === from ? itself : scoreOf(from, to, sounds?.[to] ?? Number.NaN)
      for (const own of byHand) if (own.from === from) prefer(row, own.to, own.score)
      return row
    },
    into: (to) => {
      const sounds = distances.into(to)
      const column = new Float64Array(tracks.length)
      for (let from = 0; from < column.length; from++)
        column[from] = from === to ? itself : scoreOf(from, to, sounds?.[from] ?? Number.NaN)
      for (const own of byHand) if (own.to === to) prefer(column, own.from, own.score)
      return column
    },
  }
}
