/**
 * @file Why nobody would play one track after another.
 * Method: the low parts of the best transition that there is, sorted by what each takes away from its score.
 * Conventions: the first reason is the one that weighs most.
 */
import type { OverlapPartName } from './overlap-part-names.ts'
import type { ProposedTransition } from './propose-transition.ts'
import { LEAST_PART, type TransitionPartName } from './transition-parts.ts'

/** `no-window`: the bars of the two do not allow any of the ways to mix. `unknown`: too little is known of them. */
export const REASON_CODES = [
  'same-track',
  'no-window',
  'unknown',
  'sounds-apart',
  'keys-clash',
  'tempi-apart',
  'energy-step',
  'two-voices',
  'two-basses',
  'phrases-cross',
  'level-step',
  'notes-rub',
  'bands-crowded',
  'hits-apart',
  'all-a-little',
] as const
type ReasonCode = (typeof REASON_CODES)[number]

export type ReasonAgainst = {
  readonly code: ReasonCode
  /** As a DJ would say it. */
  readonly sentence: string
}

type PartName = TransitionPartName | OverlapPartName

const CODES: Readonly<Record<PartName, ReasonCode>> = {
  sound: 'sounds-apart',
  key: 'keys-clash',
  tempo: 'tempi-apart',
  energy: 'energy-step',
  voices: 'two-voices',
  basses: 'two-basses',
  phrases: 'phrases-cross',
  level: 'level-step',
  notes: 'notes-rub',
  bands: 'bands-crowded',
  hits: 'hits-apart',
}
/** A part above this is no reason by itself. */
const HIGH_PART = 0.8

type Judged = Pick<ProposedTransition, 'score' | 'parts'>
type Part = Judged['parts'][number]

const percentOf = (value: unknown): string => `${Math.round(100 * (value as number))} %`

const SENTENCES: Readonly<Record<PartName, (part: Part) => string>> = {
  sound: () => 'They sound too different.',
  key: ({ from, to }) =>
    from === to ? `Both are in ${from}, but tuned apart.` : `Their keys clash: ${from} and ${to}.`,
  tempo: ({ from, to, difference }) =>
    `Their tempi are ${Math.abs(difference ?? 0).toFixed(1)} % apart: ${(from as number).toFixed(1)} and ${(to as number).toFixed(1)} BPM.`,
  energy: ({ difference }) => `The energy ${(difference ?? 0) > 0 ? 'jumps up' : 'drops'} too far.`,
  voices: ({ from, to, difference }) =>
    `Two voices would sing at once, for ${percentOf(difference ?? Math.min(from as number, to as number))} of it.`,
  basses: () => 'Two basses would play at once.',
  phrases: () => 'Their phrases would not begin together.',
  level: ({ difference }) => `The level would step by ${(difference ?? 0).toFixed(0)} dB.`,
  notes: () => 'Their notes rub where both sound.',
  bands: () => 'Both fill the same frequencies, so that one hides the other.',
  hits: () => 'Their drums do not strike together.',
}

/** What a part takes away from the whole, as the logarithm of the score counts it. */
const costOf = ({ score, weight }: Part): number => -weight * Math.log(Math.max(LEAST_PART, score ?? 1))

export const SAME_TRACK: ReasonAgainst = { code: 'same-track', sentence: 'It is one and the same track.' }

/** @param proposals the best first @param least from which score on a transition is good @returns none where the best one is */
export const reasonsAgainst = (proposals: readonly Judged[], least: number): readonly ReasonAgainst[] => {
  const best = proposals[0]
  if (best === undefined)
    return [{ code: 'no-window', sentence: 'No stretch of the one fits over a stretch of the other.' }]
  if (best.score === null) return [{ code: 'unknown', sentence: 'Too little is known of the two to judge them.' }]
  if (best.score >= least) return []
  const parts = best.parts.filter(({ score }) => score !== null && score < HIGH_PART)
  const reasons = parts
    .toSorted((one, other) => costOf(other) - costOf(one))
    .map((part) => ({ code: CODES[part.part], sentence: SENTENCES[part.part](part) }))
  return reasons.length > 0
    ? reasons
    : [{ code: 'all-a-little', sentence: 'Nothing clashes, but nothing fits quite well either.' }]
}
