/**
 * @file Which tracks can follow a track well, by key and tempo alone.
 * Method: the score of a transition is a weighted geometric mean, so one bad part bounds it: below a limit, a clash of keys or a gap of
 * the tempi rules a pair out whatever its other parts are. Tracks are sorted by key and then by tempo within an octave; the candidates of
 * one then are a few stretches of the order. Nothing that reaches the limit is left out.
 * Conventions: tracks are numbers from 0, places are those of the order; ends are exclusive.
 */
import type { TransitionEnd } from './score-transition.ts'
import { keyScore, LEAST_PART, PART_WEIGHTS, tempoPercentScoring } from './transition-parts.ts'
import { KEYS, RELATIONS } from './transition-table.ts'

export type Candidates = {
  /** Place → track. */
  readonly order: Int32Array
  /** The stretches of places whose tracks may follow a track, or lead into it; the track itself may be among them. */
  readonly stretchesFor: (track: number) => readonly (readonly [first: number, end: number])[]
}

/** Tracks of unknown key stand behind those of the 24. */
const UNKNOWN_KEY = KEYS.length
const ALL_KEYS = Array.from({ length: KEYS.length + 1 }, (_, key) => key)
/** Rounding must not leave out what just reaches the limit. */
const ROUNDING = 1e-9

/** Whether keys that clash can still reach a score. */
const canClash = (least: number): boolean => keyScore('other', 0) ** PART_WEIGHTS.key >= least

/** Turns up and down in octaves, as far as the wider one of both, so that whoever may follow may also lead; null where no difference is too large. */
const tempoReach = (least: number): number | null => {
  const needed = least ** (1 / PART_WEIGHTS.tempo)
  return needed <= LEAST_PART ? null : ROUNDING - Math.log2(1 - tempoPercentScoring(needed) / 100)
}

type Facts = Pick<TransitionEnd, 'camelot' | 'tempoBpm'>

/** The first place from `first` on whose turn is at least this. */
const placeOfTurn = (turns: Float64Array, turn: number, [first, end]: readonly [number, number]): number => {
  let [low, high] = [first, end]
  while (low < high) {
    const middle = (low + high) >> 1
    if (turns[middle]! < turn) low = middle + 1
    else high = middle
  }
  return low
}

/** @param facts of each track; null where nothing is known of one @param least score that a transition is to reach, 0 to 1 */
export const transitionCandidates = (facts: readonly (Facts | null)[], least: number): Candidates => {
  const keys = facts.map((one) => {
    const key = one?.camelot ? KEYS.indexOf(one.camelot.toUpperCase()) : -1
    return key < 0 ? UNKNOWN_KEY : key
  })
  const turnOf = Float64Array.from(facts, (one) => {
    const octaves = one?.tempoBpm ? Math.log2(one.tempoBpm) : Number.NaN
    return octaves - Math.floor(octaves)
  })
  // An unknown tempo stands at the end of its key.
  const rank = (track: number): number => (Number.isNaN(turnOf[track]) ? 2 : turnOf[track]!)
  const order = Int32Array.from(facts.keys()).sort(
    (one, other) => keys[one]! - keys[other]! || rank(one) - rank(other) || one - other,
  )
  const turns = Float64Array.from(order, rank)
  const begins = ALL_KEYS.map((key) => {
    const at = order.findIndex((track) => keys[track]! >= key)
    return at < 0 ? order.length : at
  })
  const endOf = (key: number): number => begins[key + 1] ?? order.length
  const reach = tempoReach(least)
  const following = ALL_KEYS.map((from) =>
    from === UNKNOWN_KEY || canClash(least)
      ? ALL_KEYS
      : ALL_KEYS.filter((to) => to === UNKNOWN_KEY || RELATIONS[from]![to]! !== 'other'),
  )
  const inKey = (key: number, turn: number): readonly (readonly [number, number])[] => {
    const whole = [begins[key]!, endOf(key)] as const
    if (reach === null || Number.isNaN(turn)) return [whole]
    const known = [whole[0], placeOfTurn(turns, 2, whole)] as const
    const [low, high] = [turn - reach, turn + reach]
    // A tempo a little above an octave is next to one a little below it.
    const windows =
      low < 0
        ? [
            [0, high],
            [low + 1, 1],
          ]
        : high >= 1
          ? [
              [0, high - 1],
              [low, 1],
            ]
          : [[low, high]]
    return [
      ...windows.map(
        ([from, to]) => [placeOfTurn(turns, from!, known), placeOfTurn(turns, to! + ROUNDING, known)] as const,
      ),
      [known[1], whole[1]] as const,
    ]
  }
  return {
    order,
    stretchesFor: (track) =>
      following[keys[track]!]!.flatMap((key) => inKey(key, turnOf[track]!)).filter(([first, end]) => end > first),
  }
}
