/**
 * @file The bars over which one track goes into another best.
 * Method: every window of `mix-windows.ts` is judged by the parts of `score-window.ts` that differ from window to window; what sounds over
 * each other costs most to reckon, and is left out where even a spotless overlap would not be the best one.
 * Conventions: tracks as profiles, so that a thread that has nothing else judges as one that has it all.
 */
import type { MixProfile } from './mix-profile.ts'
import { MIX_STYLES, type MixStyle, STYLE_WORTH } from './mix-styles.ts'
import { type MixWindow, windowsAround } from './mix-windows.ts'
import { type Obstacle, scoreOfObstacle } from './obstacles.ts'
import { OVERLAP_WEIGHT, OVERLAP_WEIGHTS } from './overlap-part-names.ts'
import { CLEAN_PARTS, cleanPart, levelScore, levelStep, phrasesScore } from './overlap-parts.ts'
import { judgeKey, judgeTempo } from './score-transition.ts'
import { type StyledWindow, scoreParts, windowParts } from './score-window.ts'
import { describeEnd } from './transition-end.ts'
import { bassesScore, energyScore, LEAST_PART, PART_WEIGHTS, soundScore, voicesScore } from './transition-parts.ts'
import { voicesTogether } from './voices-together.ts'

/** What a set asks of a window. */
export type WindowLimits = {
  /** No shorter one; a cut is a bar long. */
  readonly leastBars: number
  /** None in which two voices sound at once for more than this share of it. */
  readonly mostVoices: number | null
}
const NO_LIMITS: WindowLimits = { leastBars: 1, mostVoices: null }

type WayWindow = StyledWindow & { readonly style: MixStyle }

/** A DJ lays outro over intro; other bars of them must be so much better, and fewer bars still more. Set by judgement. */
const [OTHER_WORTH, FEWER_WORTH] = [0.97, 0.94] as const

/** What a mean of logarithms is made of. */
type Sum = { readonly sum: number; readonly weight: number }

/** Rounding must not leave out what is just as good. */
const ROUNDING = 1e-9

const { exp, log, max } = Math
const logOf = (score: number, weight: number): number => weight * log(max(LEAST_PART, score))

const CLEAN_WEIGHT = OVERLAP_WEIGHTS.level + CLEAN_PARTS.reduce((total, part) => total + OVERLAP_WEIGHTS[part], 0)

const both = (
  one: number | null,
  other: number | null,
  judge: (one: number, other: number) => number,
): number | null => (one === null || other === null ? null : judge(one, other))

/** Key and tempo are those of the tracks, whatever their windows. */
const sumOfTracks = (one: MixProfile, other: MixProfile): Sum => {
  const nowhere = { startBeat: 0, endBeat: 0 }
  const ends = [describeEnd(one, nowhere), describeEnd(other, nowhere)] as const
  const scores = { key: judgeKey(...ends).score, tempo: judgeTempo(...ends).score }
  let [sum, weight] = [0, 0]
  for (const part of ['key', 'tempo'] as const) {
    const score = scores[part]
    if (score === null) continue
    sum += logOf(score, PART_WEIGHTS[part])
    weight += PART_WEIGHTS[part]
  }
  return { sum, weight }
}

/** Share of a window in which two voices sound; at a cut, in which both are cut off. */
const voicesIn = (one: MixProfile, other: MixProfile, window: MixWindow, isCut: boolean): number | null =>
  isCut
    ? both(describeEnd(one, window.from).voice, describeEnd(other, window.to).voice, Math.min)
    : (voicesTogether(one, other, window)?.share ?? null)

/** A window by what is reckoned without its overlap. */
type Candidate = Sum & {
  readonly window: MixWindow
  /** Its place among all windows: of equal ones the first is the best. */
  readonly at: number
  readonly worth: number
  /** What it would score with a spotless overlap. */
  readonly most: number
}

const mostOf = (sum: number, weight: number): number => exp(sum / (weight + CLEAN_WEIGHT))

/** The windows of a style within limits, the most promising first; what is in the way where there are none. */
const windowsWithin = (
  one: MixProfile,
  other: MixProfile,
  style: MixStyle,
  { leastBars, mostVoices }: WindowLimits,
  tracks: Sum,
): { readonly candidates: readonly Candidate[]; readonly obstacle: Obstacle | null } => {
  const windows = windowsAround(style, one, other)
  const isCut = style === 'quick cut'
  const candidates: Candidate[] = []
  let obstacle: Obstacle | null = windows.length === 0 ? null : 'bars'
  for (const [at, window] of windows.entries()) {
    // A cut of half a bar is as good as one of a bar.
    if (leastBars > 1 && window.bars < leastBars) continue
    const voices = voicesIn(one, other, window, isCut)
    if (mostVoices !== null && voices !== null && voices > mostVoices) {
      obstacle = 'voices'
      continue
    }
    const [out, into] = [describeEnd(one, window.from), describeEnd(other, window.to)]
    // Plain variables: there are some sixty windows a pair.
    let sum = tracks.sum + logOf(phrasesScore(one, other, { ...window, isCut }), OVERLAP_WEIGHTS.phrases)
    let weight = tracks.weight + OVERLAP_WEIGHTS.phrases
    if (out.energy !== null && into.energy !== null) {
      sum += logOf(energyScore(into.energy - out.energy), PART_WEIGHTS.energy)
      weight += PART_WEIGHTS.energy
    }
    if (voices !== null) {
      sum += logOf(voicesScore(voices, voices), PART_WEIGHTS.voices)
      weight += PART_WEIGHTS.voices
    }
    if (out.bass !== null && into.bass !== null) {
      sum += logOf(bassesScore(out.bass, into.bass), PART_WEIGHTS.basses)
      weight += PART_WEIGHTS.basses
    }
    const worth = at === 0 ? 1 : window.bars < windows[0]!.bars ? FEWER_WORTH : OTHER_WORTH
    candidates.push({ window, at, worth, sum, weight, most: worth * mostOf(sum, weight) })
  }
  return { candidates: candidates.sort((a, b) => b.most - a.most || a.at - b.at), obstacle }
}

/**
 * What a window scores by all that is known of it.
 * @param least what it has to reach: it is given up as soon as even a spotless rest of its overlap would not bring it there
 * @returns null where it was given up
 */
const scoreOf = (
  one: MixProfile,
  other: MixProfile,
  { window, worth, sum, weight }: Candidate,
  { isCut, least }: { readonly isCut: boolean; readonly least: number },
): number | null => {
  const bars = { ...window, isCut }
  const stepDb = levelStep(one, other, bars)
  if (stepDb === null) return worth * exp(sum / weight)
  let heard = sum + logOf(levelScore(stepDb), OVERLAP_WEIGHTS.level)
  for (const part of CLEAN_PARTS) {
    if (worth * mostOf(heard, weight) < least - ROUNDING) return null
    heard += logOf(cleanPart(one, other, bars, part).score, OVERLAP_WEIGHTS[part])
  }
  return worth * mostOf(heard, weight)
}

/** The one that sounds best. */
const bestOf = (
  one: MixProfile,
  other: MixProfile,
  candidates: readonly Candidate[],
  isCut: boolean,
): MixWindow | null => {
  let best: { readonly window: MixWindow; readonly at: number; readonly score: number } | null = null
  for (const candidate of candidates) {
    const { window, at, most } = candidate
    if (best !== null && most < best.score - ROUNDING) break
    const score = scoreOf(one, other, candidate, { isCut, least: best?.score ?? 0 })
    if (score === null) continue
    if (best === null || score > best.score || (score === best.score && at < best.at)) best = { window, at, score }
  }
  return best?.window ?? null
}

/** The window of a style that sounds best within limits; what is in the way where there is none, null where the style does not go. */
export const bestWindow = (
  one: MixProfile,
  other: MixProfile,
  style: MixStyle,
  limits: WindowLimits = NO_LIMITS,
): MixWindow | Obstacle | null => {
  const { candidates, obstacle } = windowsWithin(one, other, style, limits, sumOfTracks(one, other))
  return bestOf(one, other, candidates, style === 'quick cut') ?? obstacle
}

/** The best windows of all styles that go, in the order of `MIX_STYLES`; where limits leave none of a style, the best one all the same. */
export const mixWindows = (one: MixProfile, other: MixProfile, limits?: WindowLimits): readonly WayWindow[] =>
  MIX_STYLES.flatMap((style) => {
    const within = bestWindow(one, other, style, limits)
    const best = typeof within === 'string' ? bestWindow(one, other, style) : within
    return best === null || typeof best === 'string' ? [] : [{ style, ...best }]
  })

/** What every part that is not known yet may weigh beside key, tempo and sound. */
const REST_WEIGHT = 1 + OVERLAP_WEIGHT - PART_WEIGHTS.key - PART_WEIGHTS.tempo - PART_WEIGHTS.sound
export type PairWish = {
  readonly limits?: WindowLimits | undefined
  /** Less is of no interest: what cannot reach it may be 0 without a closer look. */
  readonly atLeast?: number
  /** Which of the styles may be chosen; all where left out. */
  readonly isOpen?: (style: MixStyle) => boolean
}

/** @param distanceOf of the sounds by the style; null where it is not known @returns the score of the best way, or what is in the way */
export const scorePair = (
  one: MixProfile,
  other: MixProfile,
  distanceOf: (style: MixStyle) => number | null,
  { limits = NO_LIMITS, atLeast = 0, isOpen = () => true }: PairWish = {},
): number => {
  const tracks = sumOfTracks(one, other)
  let best = -1
  let obstacle: Obstacle = 'nothing known'
  for (const style of MIX_STYLES) {
    if (!isOpen(style)) continue
    const distance = distanceOf(style)
    const sound: Sum =
      distance === null
        ? { sum: 0, weight: 0 }
        : { sum: logOf(soundScore(distance), PART_WEIGHTS.sound), weight: PART_WEIGHTS.sound }
    /** Whether the style may score more than what is known already, whatever is not known yet. */
    const isPromising = (most: number): boolean => STYLE_WORTH[style] * most >= max(atLeast, best) - ROUNDING
    if (!isPromising(exp((tracks.sum + sound.sum) / (tracks.weight + sound.weight + REST_WEIGHT)))) {
      best = max(best, 0)
      continue
    }
    const within = windowsWithin(one, other, style, limits, tracks)
    const { candidates } = within
    if (candidates.length === 0) {
      obstacle = within.obstacle ?? obstacle
      continue
    }
    const promising = ({ sum, weight }: Sum): boolean => isPromising(mostOf(sum + sound.sum, weight + sound.weight))
    if (!candidates.some(promising)) {
      best = max(best, 0)
      continue
    }
    const window = bestOf(one, other, candidates, style === 'quick cut')!
    best = max(best, scoreParts(style, windowParts(one, other, { style, ...window }, distance)) ?? -1)
  }
  return best >= 0 ? best : scoreOfObstacle(obstacle)
}
