/**
 * @file The grid of a track as pieces of constant tempo: almost always one piece; a region of another tempo makes pieces before, in
 * and after it. Each piece is fitted by regression on its own onsets; a change lies where the beats of both sides gather most onsets.
 * Conventions: anchors in beats of the given tempo; the beat count runs on across a change; the odd interval before the first beat of
 * a piece gets its own anchor, so that time stays continuous.
 */

import { alignToTemplate, type FrameRange, foldOnsets, type LinearGrid } from './beat-phase.ts'
import { fitGrid } from './fit-tempo.ts'
import type { GridAnchor } from './grid-anchor.ts'
import type { OnsetStrength } from './onset-strength.ts'
import type { TempoRegion } from './tempo-regions.ts'

type PieceRange = FrameRange & { readonly template: readonly Float64Array[] }

type Joint = {
  /** Times of the first beat of the new piece and of the last one before it. */
  readonly start: number
  readonly last: number
  /** Beats from the origin of the piece before to `start`. */
  readonly counted: number
  readonly grid: LinearGrid
}

/** A half-beat error in one piece shows as a gap of half a beat; the other grid wins if its gap is this much nearer to a whole beat. */
const CLEARLY_WHOLE_BEATS = 0.2

const joinPieces = (
  onsets: OnsetStrength,
  signal: Float32Array,
  sides: { readonly before: LinearGrid; readonly piece: Piece },
): Joint => {
  const { before, piece } = sides
  const { beatHertz, origin } = piece.grid
  const options = [origin, origin + 0.5 / beatHertz].map((shifted): Joint & { misfit: number } => {
    const grid = { beatHertz, origin: shifted }
    const start = nextBeat(grid, changeSeconds(onsets, signal, { before, after: grid, around: piece.firstFrame }))
    const counted = Math.max(1, Math.round((start - before.origin) * before.beatHertz))
    const last = before.origin + (counted - 1) / before.beatHertz
    const gap = start - last
    const misfit = Math.min(Math.abs(gap * before.beatHertz - 1), Math.abs(gap * beatHertz - 1))
    return { start, last, counted, grid, misfit }
  })
  const [fitted, shifted] = options
  return fitted!.misfit - shifted!.misfit > CLEARLY_WHOLE_BEATS ? shifted! : fitted!
}

type Piece = { readonly firstFrame: number; readonly endFrame: number; readonly grid: LinearGrid }

/** A shorter stretch between two regions gets no piece of its own: the grid before it runs on. */
const MIN_PIECE_SECONDS = 8
/** A change is sought this far around the edge of its region. */
const EDGE_REACH_SECONDS = 12

export const anchorPieces = (
  onsets: OnsetStrength,
  signal: Float32Array,
  track: { readonly grid: LinearGrid; readonly regions: readonly TempoRegion[] },
): GridAnchor[] => {
  const [first, ...rest] = cutPieces(onsets, track.grid, track.regions)
  const anchors: GridAnchor[] = [{ beat: 0, seconds: first!.grid.origin, bpm: first!.grid.beatHertz * 60 }]
  let before = first!
  let beatsBefore = 0
  for (const piece of rest) {
    const { start, last, counted, grid } = joinPieces(onsets, signal, { before: before.grid, piece })
    anchors.push({ beat: beatsBefore + counted - 1, seconds: last, bpm: 60 / (start - last) })
    anchors.push({ beat: beatsBefore + counted, seconds: start, bpm: grid.beatHertz * 60 })
    beatsBefore += counted
    before = { ...piece, grid: { beatHertz: grid.beatHertz, origin: start } }
  }
  return anchors
}

const cutPieces = (onsets: OnsetStrength, grid: LinearGrid, regions: readonly TempoRegion[]): Piece[] => {
  if (regions.length === 0) return [{ firstFrame: 0, endFrame: onsets.frames, grid }]
  const template = foldOnsets(onsets, grid)
  const pieces: Piece[] = []
  const minFrames = MIN_PIECE_SECONDS * onsets.framesPerSecond
  let frame = 0
  const addOwn = (endFrame: number): void => {
    if (endFrame - frame < minFrames && pieces.length > 0) return
    pieces.push({
      firstFrame: frame,
      endFrame,
      grid: fitPiece(onsets, grid, { firstFrame: frame, endFrame, template }),
    })
  }
  for (const region of regions) {
    if (region.firstFrame - frame >= minFrames) addOwn(region.firstFrame)
    pieces.push({
      ...region,
      grid: fitPiece(onsets, { beatHertz: region.beatHertz, origin: 0 }, { ...region, template }),
    })
    frame = region.endFrame
  }
  if (onsets.frames - frame >= minFrames || pieces.length === 0) addOwn(onsets.frames)
  return pieces
}

const fitPiece = (onsets: OnsetStrength, start: LinearGrid, range: PieceRange): LinearGrid => {
  const cut = (group: Float32Array): Float32Array => group.subarray(range.firstFrame, range.endFrame)
  const [low, middle, high] = onsets.groups
  const part: OnsetStrength = {
    groups: [cut(low), cut(middle), cut(high)],
    frames: range.endFrame - range.firstFrame,
    framesPerSecond: onsets.framesPerSecond,
  }
  const offset = range.firstFrame / onsets.framesPerSecond
  const fitted = alignToTemplate(part, fitGrid(part, { beatHertz: start.beatHertz, origin: 0 }), range.template)
  return { beatHertz: fitted.beatHertz, origin: fitted.origin + offset }
}

const nextBeat = (grid: LinearGrid, seconds: number): number =>
  grid.origin + Math.ceil((seconds - grid.origin) * grid.beatHertz - 1e-6) / grid.beatHertz

type Change = { readonly before: LinearGrid; readonly after: LinearGrid; readonly around: number }

/** The time at which moving from the beats before to the beats after gathers the most onset strength. */
export const changeSeconds = (
  onsets: OnsetStrength,
  signal: Float32Array,
  { before, after, around }: Change,
): number => {
  const middle = around / onsets.framesPerSecond
  const from = Math.max(0, middle - EDGE_REACH_SECONDS)
  const to = Math.min(onsets.frames / onsets.framesPerSecond, middle + EDGE_REACH_SECONDS)
  const strengthOf = (grid: LinearGrid): { readonly seconds: number; readonly strength: number }[] => {
    const beats: { seconds: number; strength: number }[] = []
    for (let seconds = nextBeat(grid, from); seconds < to; seconds += 1 / grid.beatHertz)
      beats.push({ seconds, strength: signal[Math.round(seconds * onsets.framesPerSecond)] ?? 0 })
    return beats
  }
  const old = strengthOf(before)
  const young = strengthOf(after)
  let best = middle
  let highest = Number.NEGATIVE_INFINITY
  for (const { seconds: change } of young) {
    let gathered = 0
    for (const { seconds, strength } of old) if (seconds < change - 0.5 / before.beatHertz) gathered += strength
    for (const { seconds, strength } of young) if (seconds >= change) gathered += strength
    if (gathered > highest) {
      highest = gathered
      best = change
    }
  }
  return best - 1e-6
}
