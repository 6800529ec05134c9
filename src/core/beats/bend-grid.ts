/**
 * @file From the path of the beat to the anchors of a grid: the path is cut where it jumps, and each piece between two cuts is one
 * straight line if its windows allow it, else a line with bends.
 * Conventions: beats of the guess; lateness as in `follow-beats.ts`; the beat count runs on across a cut, and the odd interval
 * before the first beat of a new piece has its own anchor, so that time stays continuous.
 */
import type { Seconds } from '../units/units.ts'
import { alignToOnsets, type LinearGrid } from './beat-phase.ts'
import type { PathPoint } from './follow-beats.ts'
import type { GridAnchor } from './grid-anchor.ts'
import type { OnsetStrength } from './onset-strength.ts'
import { changeSeconds } from './piecewise-grid.ts'

/** Windows less like the pattern than this say nothing about where the beat is. */
const MIN_LIKENESS = 0.45
/** Nor do those that are much less like it than most: another pattern sounds there, whose place in the beat is not known. */
const MIN_OWN_LIKENESS = 0.75
/** A piece lasts at least this many windows that say something. */
const MIN_PIECE_POINTS = 4
/** Smaller jumps are within what a bend can follow. */
const MIN_JUMP_BEATS = 0.06
/** A piece is straight if its windows stay this close to its line. */
const STRAIGHT_BEATS = 0.03
const BEND_BEATS = 0.012

const isTelling = ({ likeness, weight }: PathPoint): boolean => likeness >= MIN_LIKENESS && weight > 0.2

export const tellingShare = (points: readonly PathPoint[]): number => {
  const sum = (list: readonly PathPoint[]): number => list.reduce((total, { weight }) => total + weight, 0)
  return sum(points.filter(isTelling)) / Math.max(1e-9, sum(points))
}

/** Likeness to the pattern where the windows say something. */
export const meanLikeness = (points: readonly PathPoint[]): number => {
  const telling = points.filter(isTelling)
  return telling.reduce((sum, { likeness }) => sum + likeness, 0) / Math.max(1, telling.length)
}

const medianLikeness = (points: readonly PathPoint[]): number => {
  const telling = points.filter(isTelling).map(({ likeness }) => likeness)
  return telling.sort((a, b) => a - b)[telling.length >> 1] ?? 1
}

const wrap = (beats: number): number => beats - Math.round(beats)

/** @returns the pieces between true jumps, each with only the points that say something */
const cutPath = (points: readonly PathPoint[]): PathPoint[][] => {
  const pieces: PathPoint[][] = [[]]
  const ownLikeness = MIN_OWN_LIKENESS * medianLikeness(points)
  let jumped = false
  for (const point of points) {
    if (point.jump) jumped = true
    if (!isTelling(point) || point.likeness < ownLikeness) continue
    if (jumped) pieces.push([])
    jumped = false
    pieces.at(-1)!.push(point)
  }
  const long = pieces.filter((piece) => piece.length >= MIN_PIECE_POINTS)
  const joined: PathPoint[][] = []
  for (const piece of long) {
    const before = joined.at(-1)
    const last = before && lineOf(before.slice(-6))
    const first = lineOf(piece.slice(0, 6))
    const middle = before && (before.at(-1)!.seconds + piece[0]!.seconds) / 2
    const step = last && middle !== undefined ? wrap(first.at(middle) - last.at(middle)) : 1
    if (before && Math.abs(step) < MIN_JUMP_BEATS) {
      // The same beat goes on: what is left of the difference is whole beats.
      const whole = Math.round(first.at(middle!) - last!.at(middle!))
      before.push(...piece.map((point) => ({ ...point, lateness: point.lateness - whole })))
    } else joined.push([...piece])
  }
  return joined
}

type Line = { readonly offset: number; readonly slope: number; readonly at: (seconds: Seconds) => number }

/** Weighted least squares of lateness over time. */
const lineOf = (points: readonly PathPoint[]): Line => {
  const total = points.reduce((sum, { weight }) => sum + weight, 0)
  const seconds = points.reduce((sum, point) => sum + point.weight * point.seconds, 0) / total
  const late = points.reduce((sum, point) => sum + point.weight * point.lateness, 0) / total
  let [spread, product] = [0, 0]
  for (const point of points) {
    spread += point.weight * (point.seconds - seconds) ** 2
    product += point.weight * (point.seconds - seconds) * (point.lateness - late)
  }
  const slope = spread > 0 ? product / spread : 0
  return { offset: late - slope * seconds, slope, at: (time) => late + slope * (time - seconds) }
}

/** The line again without the points far off. */
const robustLine = (points: readonly PathPoint[]): Line => {
  const line = lineOf(points)
  const off = points.map((point) => Math.abs(point.lateness - line.at(point.seconds)))
  const limit = 3 * [...off].sort((a, b) => a - b)[off.length >> 1]! + 1e-6
  const near = points.filter((_, n) => off[n]! <= limit)
  return near.length >= MIN_PIECE_POINTS ? lineOf(near) : line
}

type Knot = { readonly seconds: Seconds; readonly lateness: number }

/** @returns two knots for a straight piece, more for a bent one */
const knotsOf = (points: readonly PathPoint[]): Knot[] => {
  const line = robustLine(points)
  const smooth = smoothed(points)
  const first = points[0]!.seconds
  const last = points.at(-1)!.seconds
  const strays = smooth.filter(({ seconds, lateness }) => Math.abs(lateness - line.at(seconds)) > STRAIGHT_BEATS)
  if (strays.length <= 0.03 * smooth.length || strays.length < 3)
    return [first, last].map((seconds) => ({ seconds, lateness: line.at(seconds) }))
  return simplify(smooth)
}

/** Local lines through five points. */
const smoothed = (points: readonly PathPoint[]): Knot[] =>
  points.map(({ seconds }, n) => {
    const near = points.slice(Math.max(0, n - 2), n + 3)
    return { seconds, lateness: lineOf(near).at(seconds) }
  })

const simplify = (knots: readonly Knot[]): Knot[] => {
  const [first, last] = [knots[0]!, knots.at(-1)!]
  let far = 0
  let farthest = BEND_BEATS
  for (let n = 1; n < knots.length - 1; n++) {
    const share = (knots[n]!.seconds - first.seconds) / (last.seconds - first.seconds)
    const off = Math.abs(knots[n]!.lateness - first.lateness - share * (last.lateness - first.lateness))
    if (off > farthest) {
      farthest = off
      far = n
    }
  }
  if (far === 0) return [first, last]
  return [...simplify(knots.slice(0, far + 1)).slice(0, -1), ...simplify(knots.slice(far))]
}

/** @returns null where one line fits the whole track */
export const bendGrid = (
  onsets: OnsetStrength,
  signal: Float32Array,
  { grid, points }: { readonly grid: LinearGrid; readonly points: readonly PathPoint[] },
): readonly GridAnchor[] | null => {
  const pieces = cutPath(points).map(knotsOf)
  if (pieces.length === 0 || (pieces.length === 1 && pieces[0]!.length === 2)) return null
  const anchored = pieces.map((knots) => anchorsOf(grid, knots))
  const shift = sharedPhase(onsets, anchored)
  return joinAnchors(
    onsets,
    signal,
    anchored.map((anchors) => moveBy(anchors, shift)),
  )
}

/** Anchors with real beat positions of the guess: between two knots the tempo is one. */
const anchorsOf = (grid: LinearGrid, knots: readonly Knot[]): GridAnchor[] => {
  const placed = knots.map(({ seconds, lateness }) => ({
    seconds,
    beat: (seconds - grid.origin) * grid.beatHertz - lateness,
  }))
  return placed.slice(0, -1).map((knot, n) => {
    const next = placed[n + 1]!
    return { ...knot, bpm: (60 * (next.beat - knot.beat)) / (next.seconds - knot.seconds) }
  })
}

const moveBy = (anchors: readonly GridAnchor[], beats: number): GridAnchor[] =>
  anchors.map((anchor) => ({ ...anchor, beat: anchor.beat + beats }))

/** How far the beats of all pieces have to move so that they fall where the groups strike together: they share one pattern. */
const sharedPhase = (onsets: OnsetStrength, pieces: readonly (readonly GridAnchor[])[]): number => {
  const stretched = stretch(onsets, pieces)
  const aligned = alignToOnsets(stretched, { beatHertz: 1, origin: 0 })
  return -aligned.origin
}

/** Frames of the stretched onsets per beat. */
const FRAMES_PER_BEAT = 96

/** The onsets on a time axis of beats, at their own pieces' tempo. */
const stretch = (onsets: OnsetStrength, pieces: readonly (readonly GridAnchor[])[]): OnsetStrength => {
  const groups = onsets.groups.map(() => new Float32Array(FRAMES_PER_BEAT))
  pieces.forEach((anchors, at) => {
    const from = at === 0 ? 0 : Math.round(anchors[0]!.seconds * onsets.framesPerSecond)
    const next = pieces[at + 1]?.[0]?.seconds
    const end = next === undefined ? onsets.frames : Math.round(next * onsets.framesPerSecond)
    let current = 0
    for (let frame = from; frame < end; frame++) {
      const seconds = frame / onsets.framesPerSecond
      while (current + 1 < anchors.length && anchors[current + 1]!.seconds <= seconds) current++
      const anchor = anchors[current]!
      const beat = anchor.beat + ((seconds - anchor.seconds) * anchor.bpm) / 60
      const bin = Math.floor((beat - Math.floor(beat)) * FRAMES_PER_BEAT)
      for (let group = 0; group < groups.length; group++)
        groups[group]![bin]! += onsets.groups[group as 0 | 1 | 2][frame]!
    }
  })
  const [low, middle, high] = groups as [Float32Array, Float32Array, Float32Array]
  return { groups: [low, middle, high], frames: FRAMES_PER_BEAT, framesPerSecond: FRAMES_PER_BEAT }
}

const linearAt = ({ beat, seconds, bpm }: GridAnchor): LinearGrid => ({
  beatHertz: bpm / 60,
  origin: seconds - (beat * 60) / bpm,
})

const joinAnchors = (onsets: OnsetStrength, signal: Float32Array, pieces: readonly GridAnchor[][]): GridAnchor[] => {
  const anchors: GridAnchor[] = [...pieces[0]!]
  for (const piece of pieces.slice(1)) {
    const [before, after] = [linearAt(anchors.at(-1)!), linearAt(piece[0]!)]
    const edge = (anchors.at(-1)!.seconds + piece[0]!.seconds) / 2
    const around = Math.round(Math.max(edge, piece[0]!.seconds - 6) * onsets.framesPerSecond)
    const from = changeSeconds(onsets, signal, { before, after, around })
    const startBeat = Math.ceil((from - after.origin) * after.beatHertz - 1e-3)
    const start = after.origin + startBeat / after.beatHertz
    // The last beat before is at least 0.6 of a beat away.
    const lastBeat = Math.floor((start - before.origin) * before.beatHertz - 0.6)
    const last = before.origin + lastBeat / before.beatHertz
    const moved = lastBeat + 1 - startBeat
    while (anchors.length > 1 && anchors.at(-1)!.seconds >= last - 1e-6) anchors.pop()
    anchors.push({ beat: lastBeat, seconds: last, bpm: 60 / (start - last) })
    anchors.push({ beat: lastBeat + 1, seconds: start, bpm: piece[0]!.bpm })
    for (const anchor of piece.slice(1))
      if (anchor.seconds > start + 1e-6) anchors.push({ ...anchor, beat: anchor.beat + moved })
      else anchors[anchors.length - 1] = { ...anchors.at(-1)!, bpm: anchor.bpm }
  }
  return wholeBeats(anchors)
}

/** Puts anchors of bends on whole beats, where a person would set them. */
const wholeBeats = (anchors: readonly GridAnchor[]): GridAnchor[] => {
  const timeOf = (beat: number): Seconds => {
    const anchor = anchors.findLast((one) => one.beat <= beat) ?? anchors[0]!
    return anchor.seconds + ((beat - anchor.beat) * 60) / anchor.bpm
  }
  const beats = [...new Set(anchors.map(({ beat }) => Math.round(beat)))].sort((a, b) => a - b)
  return beats.map((beat, n) => {
    const seconds = timeOf(beat)
    const next = beats[n + 1]
    return {
      beat,
      seconds,
      bpm: next === undefined ? anchors.at(-1)!.bpm : (60 * (next - beat)) / (timeOf(next) - seconds),
    }
  })
}
