import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { UserError } from '../support/user-error.ts'
import type { Beats } from '../units/units.ts'
import { placeText } from './bar-text.ts'
import { findInnerChange } from './inner-change.ts'
import type { Label, LabelSource } from './label.ts'
import { describeLabel, MIN_LABEL_BEATS } from './label-edit.ts'
import { type ResolvedEdge, resolveSpan, type SpanRequest } from './resolve-span.ts'
import { isSectionKind, type SectionKind } from './section-kind.ts'
import { type Span, spanLength, spansOverlap } from './span.ts'

/** The guide asks for at least 8 beats a section. */
export const GOOD_LABEL_BEATS: Beats = 8
/** A position given in seconds may lie this far outside the grid: another program's start or end of the same file. */
const EDGE_TOLERANCE_BEATS: Beats = 1
/** A position this close to a beat is on the beat: snapping it is not worth a word. */
const ON_BEAT_TOLERANCE_BEATS: Beats = 0.05

export type LabelRequest = SpanRequest & {
  readonly kind: unknown
  /** A kind of the person's own that stands for `kind`; null and left out for none. */
  readonly ownKindId?: number | null | undefined
  readonly source?: LabelSource
}

/** What a new label is checked against. */
export type LabelContext = {
  readonly grid: BeatGrid
  /** Existing labels of the track; messages name the ids of labels that have one. */
  readonly labels: readonly (Label & { readonly id?: number })[]
  /** What to do about labels under the new one: refuse it, or let `paintLabel` trim them. @default 'refuse' */
  readonly overlap?: 'refuse' | 'trim'
  /** Where the track is analysed: a strong change inside the span is then reported. */
  readonly features?: FeatureMatrix | null
}

export type LabelWarning = {
  readonly code: 'SECONDS_IGNORED' | 'SNAPPED_TO_BEAT' | 'SHORT_SECTION' | 'PERHAPS_TWO_TYPES'
  readonly message: string
}

export type ValidLabel = { readonly label: Label; readonly warnings: readonly LabelWarning[] }

const requireKind = (kind: unknown): SectionKind => {
  if (!isSectionKind(kind))
    throw new UserError('LABEL_KIND_UNKNOWN', `${JSON.stringify(kind) ?? 'Nothing'} is not a section kind.`)
  return kind
}

const snapEdge = ({ beat, givenIn }: ResolvedEdge, grid: BeatGrid): Beats => {
  const snapped = Math.round(beat)
  const tolerance = givenIn === 'seconds' ? EDGE_TOLERANCE_BEATS : 0
  const nearest = Math.min(Math.max(snapped, 0), grid.beatCount)
  if (Math.abs(nearest - snapped) > tolerance)
    throw new UserError(
      'LABEL_OUT_OF_TRACK',
      `Beat ${snapped} lies outside the track: it has beats 0 to ${grid.beatCount}.`,
    )
  return nearest
}

const requireLength = (span: Span): void => {
  if (spanLength(span) < MIN_LABEL_BEATS)
    throw new UserError(
      'LABEL_TOO_SHORT',
      `Beats ${span.startBeat}–${span.endBeat} are ${spanLength(span)} beats; a section needs at least ${MIN_LABEL_BEATS}.`,
    )
}

const requireFreeSpan = (label: Label, labels: LabelContext['labels']): void => {
  const covered = labels.filter((other) => spansOverlap(other, label))
  if (covered.length === 0) return
  const names = covered.map((other) => describeLabel(other) + (other.id === undefined ? '' : ` (label ${other.id})`))
  const ids = covered.flatMap(({ id }) => (id === undefined ? [] : [id]))
  throw new UserError('LABEL_OVERLAP', `${describeLabel(label)} overlaps ${names.join(', ')}.`, { overlapping: ids })
}

const SECONDS_IGNORED: LabelWarning = {
  code: 'SECONDS_IGNORED',
  message: 'The seconds are counted from a different point than the beats, so the beats were used.',
}

const snapWarnings = (given: readonly ResolvedEdge[], span: Span): LabelWarning[] => {
  const snapped = [span.startBeat, span.endBeat]
  const moves = given.flatMap(({ beat }, edge) =>
    Math.abs(beat - snapped[edge]!) > ON_BEAT_TOLERANCE_BEATS ? [`${beat.toFixed(2)} to ${snapped[edge]}`] : [],
  )
  return moves.length === 0
    ? []
    : [{ code: 'SNAPPED_TO_BEAT', message: `Snapped to the nearest beat: ${moves.join(', ')}.` }]
}

const lengthWarnings = (span: Span): LabelWarning[] =>
  spanLength(span) >= GOOD_LABEL_BEATS
    ? []
    : [
        {
          code: 'SHORT_SECTION',
          message: `Only ${spanLength(span)} beats: sections of ${GOOD_LABEL_BEATS} beats or more train better.`,
        },
      ]

const contentWarnings = (span: Span, { features, grid }: LabelContext): LabelWarning[] => {
  const change = features ? findInnerChange(features, span) : null
  return change === null
    ? []
    : [
        {
          code: 'PERHAPS_TWO_TYPES',
          message: `The sound changes at bar ${placeText(grid, change.beat)}. Perhaps these are two sections.`,
        },
      ]
}

/**
 * Turns the input of a person or a file into a label on beats of the track, or says what is wrong with it.
 * @throws LABEL_KIND_UNKNOWN, LABEL_SPAN_INVALID, LABEL_TIMES_DISAGREE, LABEL_OUT_OF_TRACK, LABEL_TOO_SHORT, and
 * LABEL_OVERLAP (details: the ids) unless `overlap` is 'trim'
 */
export const validateLabel = (request: LabelRequest, context: LabelContext): ValidLabel => {
  const kind = requireKind(request.kind)
  const { start, end, areSecondsIgnored } = resolveSpan(context.grid, request)
  const span = { startBeat: snapEdge(start, context.grid), endBeat: snapEdge(end, context.grid) }
  requireLength(span)
  const own = request.ownKindId == null ? {} : { ownKindId: request.ownKindId }
  const label: Label = { ...span, kind, ...own, source: request.source ?? 'user' }
  if (context.overlap !== 'trim') requireFreeSpan(label, context.labels)
  const warnings = [
    ...(areSecondsIgnored ? [SECONDS_IGNORED] : []),
    ...snapWarnings([start, end], span),
    ...lengthWarnings(span),
    ...contentWarnings(span, context),
  ]
  return { label, warnings }
}
