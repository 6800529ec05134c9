/**
 * @file The side that a stretch of a track contributes to a transition.
 * Conventions: spans in beats; null means unknown.
 */
import { mainTempo } from '../beats/main-tempo.ts'
import type { Span } from '../labels/span.ts'
import { energyOfSpan } from '../sections/section-energy.ts'
import type { MixProfile } from './mix-profile.ts'
import type { TransitionEnd } from './score-transition.ts'

/** Share of the beats of a span that are marked; null where nothing is known of them. */
const shareOf = (marks: Uint8Array | null, first: number, end: number): number | null => {
  const beats = marks?.subarray(Math.max(0, first), end)
  if (!beats || beats.length === 0) return null
  let count = 0
  for (const mark of beats) count += mark
  return count / beats.length
}

const describe = (track: MixProfile, span: Span): TransitionEnd => {
  const { grid, camelot, tuningCents, energyCurve, fullBass, voice } = track
  const { startBeat, endBeat } = span
  return {
    tempoBpm: mainTempo(grid),
    camelot,
    tuningCents,
    energy: energyOfSpan(energyCurve, grid, span),
    voice: shareOf(voice, Math.floor(startBeat), Math.ceil(endBeat)),
    bass: shareOf(fullBass, Math.round(startBeat), Math.round(endBeat)),
  }
}

const known = new WeakMap<MixProfile, Map<number, TransitionEnd>>()
/** More than any track has beats, and half beats beside. */
const MOST_BEATS = 2 ** 24

/** Many windows of a track share their stretches: each is described once. */
export const describeEnd = (track: MixProfile, span: Span): TransitionEnd => {
  let ends = known.get(track)
  if (ends === undefined) {
    ends = new Map()
    known.set(track, ends)
  }
  const key = span.startBeat * MOST_BEATS + span.endBeat
  const end = ends.get(key) ?? describe(track, span)
  ends.set(key, end)
  return end
}
