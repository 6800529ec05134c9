/**
 * @file Lays tracks on one timeline so that their beats fall together wherever two of them sound.
 * Method: outside of the windows each track plays as recorded. Within a window both follow one tempo that glides from that of the track
 * that goes out to that of the next, so that neither jumps; every beat of both is a point of their time maps. A cut keeps the first
 * tempo to its end.
 * Conventions: seconds of the mix count from the first sample of the first track.
 */
import { type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import { UserError } from '../support/user-error.ts'
import type { Decibels, Seconds } from '../units/units.ts'
import { beatRatio, checkMove, type MixCurve, type MixMove } from './mix-move.ts'
import type { TimeMap } from './time-map.ts'

export type MixedTrack = {
  readonly title: string
  readonly grid: BeatGrid
  readonly durationSeconds: Seconds
  readonly loudnessLufs: Decibels | null
  readonly truePeakDb: Decibels | null
  /** What the person makes it louder by than its measured loudness does. @default 0 */
  readonly trimDb?: Decibels
}

/** Where two tracks sound together. */
export type Overlap = {
  readonly curve: MixCurve
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
  readonly bassSwapSeconds: Seconds | null
  /** How long the basses take to change over: a beat. */
  readonly swapSeconds: Seconds
  /** Of the beats of the window, and of its end. */
  readonly beatSeconds: Float64Array
}

export type MixDeck = {
  readonly map: TimeMap
  /** Half-open, on the timeline of the mix. */
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
  readonly gain: number
  /** Stretches in which it does not play as recorded. */
  readonly stretched: readonly (readonly [start: Seconds, end: Seconds])[]
}

export type Mix = {
  readonly decks: readonly MixDeck[]
  /** From each deck into the next. */
  readonly overlaps: readonly Overlap[]
  readonly seconds: Seconds
}

/** All tracks are brought to one loudness, low enough that two of them together stay below full scale. */
const TARGET_LUFS = -14
/** A track is turned up by no more than leaves this room above its peaks. */
const MOST_PEAK_DB = -1

/** What brings a track to the loudness of all, as a factor of its amplitude; 1 where its loudness is not known. */
export const trimOf = ({ loudnessLufs, truePeakDb }: Pick<MixedTrack, 'loudnessLufs' | 'truePeakDb'>): number => {
  if (loudnessLufs === null) return 1
  const wanted = TARGET_LUFS - loudnessLufs
  return 10 ** (Math.min(wanted, Math.max(0, MOST_PEAK_DB - (truePeakDb ?? 0))) / 20)
}

/** With what the person has set on top of that. */
const gainOf = (track: MixedTrack): number => trimOf(track) * 10 ** ((track.trimDb ?? 0) / 20)

type Points = { readonly mix: number[]; readonly source: number[] }
type Locked = Overlap & { readonly out: Points; readonly into: Points }

/** @param shift from seconds of the first track to those of the mix */
const lockBeats = (from: BeatGrid, to: BeatGrid, move: MixMove, shift: Seconds): Locked => {
  const { fromBeat, toBeat, beats, curve, bassSwapBeat, nudgeMs } = move
  const ratio = beatRatio(from, to, move)
  // Every beat of the faster one is a point.
  const step = 1 / Math.max(1, ratio)
  const steps = Math.ceil(beats / step - 1e-9)
  const beatAt = (index: number): number => Math.min(beats, index * step)
  const outAt = (beat: number): Seconds => beatsToSeconds(from, fromBeat + beat)
  const intoAt = (beat: number): Seconds => beatsToSeconds(to, toBeat + beat * ratio)
  const [out, into, beatSeconds]: [Points, Points, number[]] = [{ mix: [], source: [] }, { mix: [], source: [] }, []]
  const start = outAt(0) + shift
  let now = start
  for (let index = 0; index <= steps; index++) {
    const beat = beatAt(index)
    if (index > 0) {
      const before = beatAt(index - 1)
      const share = curve === 'cut' ? 0 : (before + beat) / 2 / beats
      now += (1 - share) * (outAt(beat) - outAt(before)) + share * (intoAt(beat) - intoAt(before))
    }
    out.mix.push(now)
    out.source.push(outAt(beat))
    into.mix.push(now + nudgeMs / 1000)
    into.source.push(intoAt(beat))
    if (Number.isInteger(beat) || index === steps) beatSeconds.push(now)
  }
  const swapAt = bassSwapBeat === null ? null : Math.min(steps, bassSwapBeat / step)
  const timeAt = (place: number): Seconds => {
    const index = Math.min(steps - 1, Math.floor(place))
    return out.mix[index]! + (place - index) * (out.mix[index + 1]! - out.mix[index]!)
  }
  return {
    curve,
    startSeconds: start,
    endSeconds: now,
    bassSwapSeconds: swapAt === null ? null : timeAt(swapAt),
    swapSeconds: (now - start) / beats,
    beatSeconds: Float64Array.from(beatSeconds),
    out,
    into,
  }
}

const mapOf = (points: readonly Points[], shift: Seconds): TimeMap =>
  points.length === 0
    ? { mix: Float64Array.of(shift), source: Float64Array.of(0) }
    : {
        mix: Float64Array.from(points.flatMap(({ mix }) => mix)),
        source: Float64Array.from(points.flatMap(({ source }) => source)),
      }

/**
 * @param moves from each track into the next
 * @throws TRANSITION_INVALID, TEMPI_TOO_FAR
 */
export const planMix = (tracks: readonly MixedTrack[], moves: readonly MixMove[]): Mix => {
  if (tracks.length === 0 || moves.length !== tracks.length - 1)
    throw new UserError('TRANSITION_INVALID', 'A mix needs tracks, and a transition between each two of them.')
  const locks: Locked[] = []
  const shifts: Seconds[] = [0]
  for (const [at, move] of moves.entries()) {
    const [one, other] = [tracks[at]!, tracks[at + 1]!]
    checkMove([one.grid, other.grid], move, [one.title, other.title])
    const locked = lockBeats(one.grid, other.grid, move, shifts[at]!)
    if (locks[at - 1] !== undefined && locked.startSeconds < locks[at - 1]!.endSeconds)
      throw new UserError('TRANSITION_INVALID', `${one.title} goes out before it has come in.`)
    locks.push(locked)
    shifts.push(locked.into.mix.at(-1)! - locked.into.source.at(-1)!)
  }
  const decks = tracks.map((track, at): MixDeck => {
    const [into, out] = [locks[at - 1], locks[at]]
    const points = [...(into ? [into.into] : []), ...(out ? [out.out] : [])]
    return {
      map: mapOf(points, shifts[at]!),
      startSeconds: into?.startSeconds ?? 0,
      endSeconds: out?.endSeconds ?? track.durationSeconds + shifts[at]!,
      gain: gainOf(track),
      stretched: points.map(({ mix }) => [mix[0]!, mix.at(-1)!] as const),
    }
  })
  const overlaps = locks.map(({ out: _, into: __, ...overlap }): Overlap => overlap)
  return { decks, overlaps, seconds: decks.at(-1)!.endSeconds }
}
