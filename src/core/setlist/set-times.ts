/**
 * @file When each track of a set is heard.
 * Method: beat by beat the window out of a track lies over the window into the next, from their first beats on, so that the next track
 * comes in while the last one still plays. Tempi are those of the tracks: what a pitch fader changes is a few seconds an hour.
 * Conventions: seconds; `startsAt` counts from the first sound of the set, the others from the beginning of their own track.
 */
import { type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import type { Span } from '../labels/span.ts'

export type TimedTrack = {
  /** Null where the beats are not known: the track is then played whole, one after the other. */
  readonly grid: BeatGrid | null
  readonly durationSeconds: number
  /** The window out of it; null where there is none. */
  readonly out: Span | null
  /** The window into it. */
  readonly into: Span | null
}

export type SetTime = {
  readonly startsAt: number
  readonly playsFrom: number
  readonly playsTo: number
  /** From when on it is heard alone, and until when; the second lies before the first where its windows overlap. */
  readonly aloneFrom: number
  readonly aloneTo: number
}

export type SetTimes = {
  readonly tracks: readonly SetTime[]
  readonly seconds: number
  /** Seconds in which two tracks are heard. */
  readonly overlapSeconds: number
}

export const setTimes = (tracks: readonly TimedTrack[]): SetTimes => {
  const times: SetTime[] = []
  let overlapSeconds = 0
  for (const [at, { grid, durationSeconds, into, out }] of tracks.entries()) {
    const secondsOf = (beat: number): number => (grid === null ? 0 : beatsToSeconds(grid, beat))
    const isFirst = at === 0
    const playsFrom = isFirst || into === null ? 0 : Math.max(0, secondsOf(into.startBeat))
    const aloneFrom = isFirst || into === null ? 0 : secondsOf(into.endBeat)
    const playsTo = out === null ? durationSeconds : secondsOf(out.endBeat)
    const aloneTo = out === null ? durationSeconds : secondsOf(out.startBeat)
    const before = times.at(-1)
    const startsAt = before === undefined ? 0 : before.startsAt + before.aloneTo - before.playsFrom
    if (before !== undefined) overlapSeconds += before.playsTo - before.aloneTo
    times.push({ startsAt, playsFrom, playsTo, aloneFrom, aloneTo })
  }
  const ends = times.map(({ startsAt, playsFrom, playsTo }) => startsAt + playsTo - playsFrom)
  return { tracks: times, seconds: Math.max(0, ...ends), overlapSeconds }
}
