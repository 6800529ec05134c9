/**
 * @file A transition as a DJ plays it: which bars over which, what to do in them, and how good it is.
 * Method: the windows of `mix-windows.ts`, judged by `score-transition.ts`; the sentence says only what is known.
 * Conventions: spans in beats of their own track, bars as musicians count them, ends exclusive: bars 1–33 are 32 bars.
 */

import { barOf } from '../labels/bar-text.ts'
import type { SectionPart } from '../labels/section-part.ts'
import type { Span } from '../labels/span.ts'
import { keyRelation } from '../similarity/key-relation.ts'
import { tempoDifferencePercent } from '../similarity/tempo-difference.ts'
import { voiceBeats } from '../tags/heard-voice.ts'
import { BY_HAND } from './by-hand.ts'
import { type ProfiledTrack, profileOf } from './mix-profile.ts'
import type { MixSide } from './mix-sides.ts'
import type { TransitionEnd } from './score-transition.ts'
import { type StyledWindow, scoreParts, type WindowPart, windowParts } from './score-window.ts'
import { describeEnd } from './transition-end.ts'
import { type VoicesTogether, voicesTogether } from './voices-together.ts'

export type MixableTrack = ProfiledTrack & { readonly title: string }

type Bars = readonly [start: number, end: number]

export type ProposedTransition = StyledWindow & {
  readonly score: number | null
  /** Those of the ends, and those of how both lie over each other. */
  readonly parts: readonly WindowPart[]
  readonly fromBars: Bars
  readonly toBars: Bars
  /** Bar of the next track; null where one of the basses is not known or not there. */
  readonly bassSwapBar: number | null
  /** Bar of the first track; null where its voice is not known, not there, or sings to the end of the window. */
  readonly voiceEndsBar: number | null
  readonly sentence: string
}

/** Less is not heard as a bass, or as a voice. */
const HEARD_SHARE = 0.25
/** What no fader and no ear tells from none. */
const LEAST_PERCENT = 0.1
/** Less of a section is no more than its edge off the bar. */
const LEAST_NAMED_BEATS = 2

const barsOf = ({ grid }: MixableTrack, { startBeat, endBeat }: Span): Bars => [
  barOf(grid, startBeat),
  barOf(grid, endBeat),
]

const rangeText = ([start, end]: Bars): string => `bars ${start}–${end}`

/** Where the last voice in a span ends; null where there is none, or it sings to the end. */
const lastVoice = ({ voice, grid }: MixableTrack, { startBeat, endBeat }: Span): number | null => {
  if (voice === null) return null
  const end = Math.ceil(endBeat) - 1
  const last = voiceBeats(voice, grid).lastIndexOf(1, end)
  return last < startBeat || last === end ? null : barOf(grid, last + 1)
}

const cap = (words: string): string => `${words[0]!.toUpperCase()}${words.slice(1)}`

/** The sections that a stretch lies in: "its outro", "its drop and outro", "from its break to its outro". */
const sideWords = ({ parts }: MixableTrack, { startBeat, endBeat }: MixSide, bare: string): string => {
  const most = (part: SectionPart): number => Math.min(part.endBeat, endBeat) - Math.max(part.startBeat, startBeat)
  const kinds = parts.filter((part) => most(part) >= LEAST_NAMED_BEATS).map(({ kind }) => kind)
  const [first, last] = [kinds[0], kinds.at(-1)]
  if (first === undefined) return `its ${bare}`
  if (kinds.length === 1) return `its ${first}`
  return kinds.length === 2 && first !== last ? `its ${first} and ${last}` : `from its ${first} to its ${last}`
}

const leadText = (
  [one, other]: readonly [MixableTrack, MixableTrack],
  { style, from, to }: StyledWindow,
  [fromBars, toBars]: readonly [Bars, Bars],
): string => {
  const [a, b] = [one.title, other.title]
  if (style === BY_HAND) return `${cap(rangeText(fromBars))} of ${a} over ${rangeText(toBars)} of ${b}, as you set them`
  if (style === 'quick cut')
    return `Cut at bar ${fromBars[1]} of ${a}, where its ${from.kind} ends, to bar ${toBars[1]} of ${b}, where its ${to.kind} begins`
  const over = `${rangeText(fromBars)} of ${a}, ${sideWords(one, from, 'end')}, over ${rangeText(toBars)} of ${b}`
  const into = style === 'drop to drop' ? `the bars before its ${to.kind}` : sideWords(other, to, 'beginning')
  return `${cap(over)}, ${into}`
}

/** No number stands right behind a title: where one is written from right to left, it would be read as a part of it. */
const tempoText = (title: string, from: number, to: number): string | null => {
  const percent = tempoDifferencePercent(to, from)
  if (Math.abs(percent) < LEAST_PERCENT) return null
  return `${percent < 0 ? `slow ${title} down` : `speed ${title} up`} by ${Math.abs(percent).toFixed(1)} %`
}

type Ends = readonly [out: TransitionEnd, into: TransitionEnd]

const voicesText = ({ title, grid }: MixableTrack, together: VoicesTogether | null): string | null => {
  if (together === null || together.span === null || together.share <= HEARD_SHARE) return null
  const { startBeat, endBeat } = together.span
  // A bar in which both begin to sound, or end to, is one in which they clash.
  const [first, end] = [barOf(grid, startBeat), barOf(grid, endBeat - 1) + 1]
  return `two voices sound at once in bars ${first}–${end} of ${title}`
}

const warnings = ([out, into]: Ends): readonly (string | null)[] => [
  out.camelot && into.camelot && keyRelation(out.camelot, into.camelot) === 'other'
    ? `the keys clash (${out.camelot} and ${into.camelot})`
    : null,
]

/** @param distance of the sounds of both stretches; null where it is not known */
export const proposeTransition = (
  one: MixableTrack,
  other: MixableTrack,
  {
    window,
    distance,
    bassSwapBar: chosen,
  }: {
    readonly window: StyledWindow
    readonly distance: number | null
    /** Where the person has chosen it. */
    readonly bassSwapBar?: number | null
  },
): ProposedTransition => {
  const { style, bars, from, to } = window
  const profiles = [profileOf(one), profileOf(other)] as const
  const ends: Ends = [describeEnd(profiles[0], from), describeEnd(profiles[1], to)]
  const isCut = style === 'quick cut'
  const together = isCut ? null : voicesTogether(...profiles, { from, to })
  const parts = windowParts(...profiles, window, distance)
  const [fromBars, toBars] = [barsOf(one, from), barsOf(other, to)]
  const hasBasses = Math.min(ends[0].bass ?? 0, ends[1].bass ?? 0) > HEARD_SHARE
  const bassSwapBar = chosen !== undefined ? chosen : hasBasses && bars > 1 ? toBars[0] + bars / 2 : null
  const voiceEndsBar = isCut ? null : lastVoice(one, from)
  const [tempo, nextTempo] = [ends[0].tempoBpm, ends[1].tempoBpm]
  const said = [
    leadText([one, other], window, [fromBars, toBars]),
    bassSwapBar === null ? null : `swap the bass at bar ${bassSwapBar}`,
    voiceEndsBar === null ? null : `the voice of ${one.title} ends at bar ${voiceEndsBar}`,
    tempo === null || nextTempo === null ? null : tempoText(other.title, tempo, nextTempo),
    voicesText(one, together),
    ...warnings(ends),
  ]
  return {
    ...window,
    score: scoreParts(style, parts),
    parts,
    fromBars,
    toBars,
    bassSwapBar,
    voiceEndsBar,
    sentence: `${said.filter((words) => words !== null).join('; ')}.`,
  }
}
