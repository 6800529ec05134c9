/**
 * @file Cues of another program on our grid: sorted, twins merged, edges on beats.
 * Conventions: beats of our grid; an edge on a beat stays on it, any other goes to a downbeat at most a beat away, else to the nearest beat.
 */
import { type BeatGrid, secondsToBeats } from '../../beats/beat-grid.ts'
import type { SectionKind } from '../../labels/section-kind.ts'
import type { Beats, Seconds } from '../../units/units.ts'
import { type CueProfile, cueNameKey, kindOfCue, nameOfEnded } from './cue-meanings.ts'
import type { ForeignCue } from './foreign-library.ts'

/** A cue at its place on our grid, with what it stands for. */
export type PlacedCue = {
  readonly cue: ForeignCue
  readonly startBeat: Beats
  /** Null for a point. */
  readonly endBeat: Beats | null
  /** Of the section that begins here; null where none is known to. */
  readonly kind: SectionKind | null
  /** The key of the name of what ends here; null where nothing is said to end. */
  readonly ends: string | null
  /** How far the cue lay from where it was put, in beats. */
  readonly moved: Beats
}

/** The same place, as two lists of one program round it. */
const TWIN_SECONDS = 0.005
/** So near to a beat the person meant that beat: pulled to the downbeat, cues teach a model three points less (decision 0034). */
const ON_BEAT = 0.25
/** A downbeat farther away is another one than the person meant. */
const DOWNBEAT_REACH = 1
/** An `End` with so much music after it is where an outro begins; else it marks the end of the track. */
const LEAST_BEATS_AFTER_END = 32
/** Cues that lie farther outside the track are errors. */
const OUTSIDE_BEATS = 1

/** @returns the beat that an edge belongs on, within the track */
const snapCue = ({ beatsPerBar, firstDownbeat, beatCount }: BeatGrid, position: Beats): Beats => {
  const downbeat = firstDownbeat + Math.round((position - firstDownbeat) / beatsPerBar) * beatsPerBar
  const isOnBeat = Math.abs(position - Math.round(position)) <= ON_BEAT
  const beat = !isOnBeat && Math.abs(downbeat - position) <= DOWNBEAT_REACH ? downbeat : Math.round(position)
  const inTrack = beat >= 0 && beat <= beatCount ? beat : Math.round(position)
  return Math.max(0, Math.min(beatCount, inTrack))
}

const isNamed = ({ name }: ForeignCue): boolean => cueNameKey(name) !== null

/** A pad and its memory cue, or a point and the loop that begins there: one cue with what each of them tells. */
const merge = (one: ForeignCue, other: ForeignCue): ForeignCue => {
  const [told, rest] = !isNamed(one) && isNamed(other) ? [other, one] : [one, other]
  const loop = [told, rest].find(({ endSeconds }) => endSeconds !== null)
  return {
    ...told,
    type: loop?.type ?? told.type,
    pad: told.pad ?? rest.pad,
    endSeconds: loop?.endSeconds ?? null,
    name: told.name ?? rest.name,
    colour: told.colour ?? rest.colour,
    isAutomatic: told.isAutomatic && rest.isAutomatic,
  }
}

/** More cues than these within a few milliseconds are an error, and not compared. */
const MOST_TWINS = 64

/** Cues with names of different meaning at one place stay apart; the one on a pad comes first. */
const isTwin = (one: ForeignCue, other: ForeignCue): boolean =>
  Math.abs(one.startSeconds - other.startSeconds) <= TWIN_SECONDS &&
  one.isAutomatic === other.isAutomatic &&
  (!isNamed(one) || !isNamed(other) || cueNameKey(one.name) === cueNameKey(other.name)) &&
  (one.endSeconds === null || other.endSeconds === null || Math.abs(one.endSeconds - other.endSeconds) <= TWIN_SECONDS)

const padFirst = (a: ForeignCue, b: ForeignCue): number => (a.pad ?? Infinity) - (b.pad ?? Infinity) || 0

/** In the order of their time, each place and meaning once. */
const withoutTwins = (cues: readonly ForeignCue[]): readonly ForeignCue[] => {
  const kept: ForeignCue[] = []
  const inOrder = cues
    .filter(({ startSeconds }) => Number.isFinite(startSeconds))
    .toSorted((a, b) => a.startSeconds - b.startSeconds || padFirst(a, b))
  for (const cue of inOrder) {
    const near = kept.slice(-MOST_TWINS)
    const twin = near.findLastIndex((one) => isTwin(one, cue)) + kept.length - near.length
    if (twin >= kept.length - near.length) kept[twin] = merge(kept[twin]!, cue)
    else kept.push(cue)
  }
  return kept
}

export type Placing = {
  readonly grid: BeatGrid
  /** Added to the times of the other program. */
  readonly offsetSeconds: Seconds
  readonly profile: CueProfile
}

const REGION_KINDS: Readonly<Partial<Record<ForeignCue['type'], SectionKind>>> = {
  intro: 'intro',
  outro: 'outro',
  break: 'break',
}

/** In the order of their time. @returns also how many lie outside the track */
export const placeCues = (
  cues: readonly ForeignCue[],
  { grid, offsetSeconds, profile }: Placing,
): { readonly placed: readonly PlacedCue[]; readonly outside: number } => {
  const positionOf = (seconds: Seconds): Beats => secondsToBeats(grid, seconds + offsetSeconds)
  const isInside = (position: Beats): boolean => position >= -OUTSIDE_BEATS && position < grid.beatCount + OUTSIDE_BEATS
  const once = withoutTwins(cues)
  const inside = once.filter(({ startSeconds }) => isInside(positionOf(startSeconds)))
  const placed = inside.map((cue): PlacedCue => {
    const position = positionOf(cue.startSeconds)
    const startBeat = snapCue(grid, position)
    const isEndMarker =
      cue.type === 'end' || (cueNameKey(cue.name) === 'end' && grid.beatCount - startBeat < LEAST_BEATS_AFTER_END)
    const told = kindOfCue(cue, profile)
    return {
      cue,
      startBeat,
      endBeat: cue.endSeconds === null ? null : snapCue(grid, positionOf(cue.endSeconds)),
      kind: isEndMarker ? null : (told ?? (cue.endSeconds === null ? null : (REGION_KINDS[cue.type] ?? null))),
      ends: isEndMarker ? '' : nameOfEnded(cue.name),
      moved: Math.abs(position - startBeat),
    }
  })
  return { placed: placed.toSorted((a, b) => a.startBeat - b.startBeat), outside: once.length - inside.length }
}
