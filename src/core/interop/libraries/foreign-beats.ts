/**
 * @file The beat grid of another program: the times of its beats, and the same as a grid of ours.
 * Conventions: anchors hold until the next; the beats between two of them are a whole number, since programs round where they anchor
 * anew, so each piece is stretched to end on the next anchor. A piece that would have to stretch by more ends in an odd interval.
 */
import { BARS_PER_PHRASE, type BeatGrid, beatsToSeconds, secondsToBeats } from '../../beats/beat-grid.ts'
import type { GridAnchor } from '../../beats/grid-anchor.ts'
import type { GridImport } from '../../beats/grid-edit.ts'
import { LONGEST_SECONDS, takeableGrid } from '../../beats/take-grid.ts'
import { modulo } from '../../units/modulo.ts'
import type { Seconds } from '../../units/units.ts'
import type { ForeignAnchor, ForeignGrid } from './foreign-library.ts'

/** Tempi outside occur in real libraries (1 and 17178 BPM) and are errors. */
const SLOWEST_BPM = 20
const FASTEST_BPM = 500
/** One of 10 new anchors of rekordbox lies more than 6 ms off the grid before it; so much is still the same beat. */
const STRETCH_SECONDS = 0.025
/** Beats that a program lists one by one are rounded to the millisecond. */
const ROUNDING_SECONDS = 0.004

/** Anchors out of single beats: a new one wherever the beats leave the line of those before. */
const anchorsOfBeats = (beats: readonly Seconds[]): readonly ForeignAnchor[] => {
  const anchors: ForeignAnchor[] = []
  for (let start = 0; start < beats.length - 1; ) {
    let [slowest, fastest] = [0, Number.POSITIVE_INFINITY]
    let end = start + 1
    for (; end < beats.length; end++) {
      const [count, elapsed] = [end - start, beats[end]! - beats[start]!]
      const [low, high] = [(elapsed - ROUNDING_SECONDS) / count, (elapsed + ROUNDING_SECONDS) / count]
      if (low > fastest || high < slowest) break
      slowest = Math.max(slowest, low)
      fastest = Math.min(fastest, high)
    }
    const last = end - 1
    anchors.push({
      seconds: beats[start]!,
      bpm: (60 * (last - start)) / (beats[last]! - beats[start]!),
      beatOfBar: null,
    })
    start = last
  }
  return anchors
}

const isUsable = ({ seconds, bpm }: ForeignAnchor): boolean =>
  Math.abs(seconds) <= LONGEST_SECONDS && bpm >= SLOWEST_BPM && bpm <= FASTEST_BPM

const usableAnchors = ({ anchors, beats }: ForeignGrid): readonly ForeignAnchor[] => {
  const told = anchors.length > 0 || beats === null ? anchors : anchorsOfBeats(beats.toSorted((a, b) => a - b))
  const sorted = told.filter(isUsable).toSorted((a, b) => a.seconds - b.seconds)
  return sorted.filter(({ seconds }, index) => index === 0 || seconds - sorted[index - 1]!.seconds > 60 / FASTEST_BPM)
}

/** Beats from one anchor to the next, and the anchors of ours that take them there. */
const piece = (
  beat: number,
  from: ForeignAnchor,
  next: ForeignAnchor,
): { readonly anchors: GridAnchor[]; readonly end: number } => {
  const elapsed = next.seconds - from.seconds
  const count = Math.max(1, Math.round((elapsed * from.bpm) / 60))
  const stretched = (60 * count) / elapsed
  const isSame = Math.abs(elapsed - (60 * count) / from.bpm) <= STRETCH_SECONDS
  const first = { beat, seconds: from.seconds, bpm: isSame || count === 1 ? stretched : from.bpm }
  if (isSame || count === 1) return { anchors: [first], end: beat + count }
  const odd = from.seconds + ((count - 1) * 60) / from.bpm
  return {
    anchors: [first, { beat: beat + count - 1, seconds: odd, bpm: 60 / (next.seconds - odd) }],
    end: beat + count,
  }
}

const anchorsOf = (foreign: ForeignGrid): readonly GridAnchor[] => {
  const anchors = usableAnchors(foreign)
  const made: GridAnchor[] = []
  let beat = 0
  for (const [index, anchor] of anchors.entries()) {
    const next = anchors[index + 1]
    if (next === undefined) made.push({ beat, seconds: anchor.seconds, bpm: anchor.bpm })
    else {
      const { anchors: own, end } = piece(beat, anchor, next)
      made.push(...own)
      beat = end
    }
  }
  return made
}

/** Times of the beats within a track, of a grid that says where they are; none where it does not. */
export const foreignBeatTimes = (foreign: ForeignGrid, durationSeconds: Seconds): readonly Seconds[] => {
  if (foreign.beats !== null) return foreign.beats
  const anchors = anchorsOf(foreign)
  if (anchors.length === 0) return []
  const first = Math.ceil(secondsToBeats({ anchors }, 0))
  const end = Math.ceil(secondsToBeats({ anchors }, Math.min(durationSeconds, LONGEST_SECONDS)))
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => beatsToSeconds({ anchors }, first + index))
}

type Taking = {
  readonly program: string
  /** The grid that it takes the place of: metre and phrases stay where the program says nothing of them. */
  readonly own: BeatGrid
  readonly offsetSeconds: Seconds
  readonly durationSeconds: Seconds
}

/** The grid of another program, and the edit that would put it in the place of ours. */
export type ForeignGridTaken = { readonly edit: GridImport; readonly grid: BeatGrid }

const editOf = (foreign: ForeignGrid, { program, own, offsetSeconds }: Taking): GridImport | null => {
  const anchors = anchorsOf(foreign)
  const first = usableAnchors(foreign)[0]
  if (anchors.length === 0 || first === undefined) return null
  const { beatsPerBar } = own
  const nearest = (ownBeat: number): number =>
    Math.round(secondsToBeats({ anchors }, beatsToSeconds(own, ownBeat) - offsetSeconds))
  const firstDownbeat = modulo(first.beatOfBar === null ? nearest(own.firstDownbeat) : -first.beatOfBar, beatsPerBar)
  const phrase = nearest(own.firstPhrase)
  const toDownbeat = modulo(phrase - firstDownbeat + beatsPerBar / 2, beatsPerBar) - beatsPerBar / 2
  return {
    kind: 'import',
    program,
    anchors: anchors.map((anchor) => ({ ...anchor, seconds: anchor.seconds + offsetSeconds })),
    firstDownbeat,
    firstPhrase: modulo(phrase - Math.round(toDownbeat), beatsPerBar * BARS_PER_PHRASE),
    saysBars: first.beatOfBar !== null,
  }
}

/** The grid of another program as one of ours. @returns null where it says too little, or nothing that can be */
export const takeForeignGrid = (foreign: ForeignGrid, taking: Taking): ForeignGridTaken | null => {
  const edit = editOf(foreign, taking)
  const grid = edit && takeableGrid(taking.own, edit, taking.durationSeconds)
  return edit && grid && { edit, grid }
}
