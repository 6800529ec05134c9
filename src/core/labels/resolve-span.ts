import { type Anchored, beatsToSeconds, secondsToBeats } from '../beats/beat-grid.ts'
import { UserError } from '../support/user-error.ts'
import type { Beats, Seconds } from '../units/units.ts'

/** A span as people and programs give it: each edge in beats, in seconds, or in both. Values are not yet trusted. */
export type SpanRequest = {
  readonly startBeat?: Beats | null | undefined
  readonly endBeat?: Beats | null | undefined
  readonly startSeconds?: Seconds | null | undefined
  readonly endSeconds?: Seconds | null | undefined
}

/** An edge of a span on the grid, as given: not yet snapped. */
export type ResolvedEdge = { readonly beat: Beats; readonly givenIn: 'beats' | 'seconds' }
export type ResolvedSpan = { readonly start: ResolvedEdge; readonly end: ResolvedEdge }

/** Beats and seconds of the same edge may differ by this much (design §3.1), and a hair for rounding in text. */
const AGREEMENT_BEATS = 0.5 + 1e-6

type Edge = { readonly name: 'start' | 'end'; readonly beat: unknown; readonly seconds: unknown }

const requireFinite = (value: unknown, what: string): number | null => {
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new UserError('LABEL_SPAN_INVALID', `The ${what} is ${JSON.stringify(value) ?? typeof value}, not a number.`)
  return value
}

const resolveEdge = (grid: Anchored, { name, beat: givenBeat, seconds: givenSeconds }: Edge): ResolvedEdge => {
  const beat = requireFinite(givenBeat, `${name} beat`)
  const seconds = requireFinite(givenSeconds, `${name} in seconds`)
  if (beat === null && seconds === null)
    throw new UserError('LABEL_SPAN_INVALID', `The ${name} is missing: give it in beats or in seconds.`)
  if (beat === null) return { beat: secondsToBeats(grid, seconds!), givenIn: 'seconds' }
  if (seconds !== null && Math.abs(secondsToBeats(grid, seconds) - beat) > AGREEMENT_BEATS) {
    const expected = beatsToSeconds(grid, beat).toFixed(3)
    throw new UserError(
      'LABEL_TIMES_DISAGREE',
      `The ${name} is beat ${beat}, at ${expected} s, but ${seconds} s is given.`,
    )
  }
  return { beat, givenIn: 'beats' }
}

/**
 * Both edges in beats; where both units are given they must agree, and beats win.
 * @throws LABEL_SPAN_INVALID for a missing edge, a value that is no finite number, or an end not after the start;
 * LABEL_TIMES_DISAGREE
 */
export const resolveSpan = (grid: Anchored, request: SpanRequest): ResolvedSpan => {
  const start = resolveEdge(grid, { name: 'start', beat: request.startBeat, seconds: request.startSeconds })
  const end = resolveEdge(grid, { name: 'end', beat: request.endBeat, seconds: request.endSeconds })
  if (end.beat <= start.beat)
    throw new UserError(
      'LABEL_SPAN_INVALID',
      `The end (beat ${end.beat}) does not come after the start (${start.beat}).`,
    )
  return { start, end }
}
