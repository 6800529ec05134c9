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
export type ResolvedSpan = {
  readonly start: ResolvedEdge
  readonly end: ResolvedEdge
  /** Both units were given, as long as each other but counted from elsewhere: the beats were taken. */
  readonly areSecondsIgnored: boolean
}

/** Beats and seconds of the same edge may differ by this much (design §3.1), and a hair for rounding in text. */
const AGREEMENT_BEATS = 0.5 + 1e-6

type Edge = { readonly name: 'start' | 'end'; readonly beat: unknown; readonly seconds: unknown }

const requireFinite = (value: unknown, what: string): number | null => {
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new UserError('LABEL_SPAN_INVALID', `The ${what} is ${JSON.stringify(value) ?? typeof value}, not a number.`)
  return value
}

type GivenEdge = { readonly name: string; readonly beat: number | null; readonly seconds: number | null }

const requireEdge = ({ name, beat, seconds }: Edge): GivenEdge => {
  const edge = {
    name,
    beat: requireFinite(beat, `${name} beat`),
    seconds: requireFinite(seconds, `${name} in seconds`),
  }
  if (edge.beat === null && edge.seconds === null)
    throw new UserError('LABEL_SPAN_INVALID', `The ${name} is missing: give it in beats or in seconds.`)
  return edge
}

/** How much later its seconds are than its beat, in beats; null where it is not given in both. */
const offsetOf = (grid: Anchored, { beat, seconds }: GivenEdge): Beats | null =>
  beat === null || seconds === null ? null : secondsToBeats(grid, seconds) - beat

const isWithin = (difference: Beats | null): boolean => difference === null || Math.abs(difference) <= AGREEMENT_BEATS

const resolveEdge = (grid: Anchored, { beat, seconds }: GivenEdge): ResolvedEdge =>
  beat === null ? { beat: secondsToBeats(grid, seconds!), givenIn: 'seconds' } : { beat, givenIn: 'beats' }

/**
 * Both edges in beats. Where both units are given beats win; the seconds must agree with them to half a beat, or be off by the same
 * at both edges: programs that know a tempo only count seconds from beat 0.
 * @throws LABEL_SPAN_INVALID for a missing edge, a value that is no finite number, or an end not after the start;
 * LABEL_TIMES_DISAGREE
 */
export const resolveSpan = (grid: Anchored, request: SpanRequest): ResolvedSpan => {
  const given = [
    requireEdge({ name: 'start', beat: request.startBeat, seconds: request.startSeconds }),
    requireEdge({ name: 'end', beat: request.endBeat, seconds: request.endSeconds }),
  ] as const
  const [startOffset, endOffset] = given.map((edge) => offsetOf(grid, edge)) as [Beats | null, Beats | null]
  const wrong = given.find((_, edge) => !isWithin([startOffset, endOffset][edge]!))
  const isConstant = startOffset !== null && endOffset !== null && isWithin(endOffset - startOffset)
  if (wrong && !isConstant) {
    const expected = beatsToSeconds(grid, wrong.beat!).toFixed(3)
    throw new UserError(
      'LABEL_TIMES_DISAGREE',
      `The ${wrong.name} is beat ${wrong.beat}, at ${expected} s, but ${wrong.seconds} s was given.`,
    )
  }
  const [start, end] = given.map((edge) => resolveEdge(grid, edge)) as [ResolvedEdge, ResolvedEdge]
  if (end.beat <= start.beat)
    throw new UserError(
      'LABEL_SPAN_INVALID',
      `The end (beat ${end.beat}) does not come after the start (${start.beat}).`,
    )
  return { start, end, areSecondsIgnored: wrong !== undefined }
}
