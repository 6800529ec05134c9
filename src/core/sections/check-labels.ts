/**
 * @file Labels of a track that may be mistakes: what a trainer would ask about before learning from them.
 * Method: rules of the user's guide (at least 8 beats, edges on bars like the others of the track), a strong change inside a label
 * (`labels/inner-change.ts`), and labels of different kinds on the same sound (`find-repeats.ts`).
 * Conventions: each label has at most one flaw of a code; nothing is an error, since the person who labelled may know better. Of the 250
 * labels of the corpus, all of which are right, 29 are questioned.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { type Metre, placeText, spanText } from '../labels/bar-text.ts'
import type { LabelFlawCode } from '../labels/finding-codes.ts'
import { findInnerChange } from '../labels/inner-change.ts'
import type { Label } from '../labels/label.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { spanLength } from '../labels/span.ts'
import { GOOD_LABEL_BEATS } from '../labels/validate-label.ts'
import { createRepeatFinder, type Repeat } from './find-repeats.ts'

export type CheckedLabel = Label & { readonly id: number }

export type LabelFlaw = {
  readonly labelId: number
  readonly code: Exclude<LabelFlawCode, 'DOUBTED_NAME'>
  readonly message: string
  /** The label that contradicts it about the same sound. */
  readonly otherId: number | null
}

export type CheckedTrack = {
  readonly grid: BeatGrid
  readonly labels: readonly CheckedLabel[]
  /** Null where they are missing; the sound is then not looked at. */
  readonly features: FeatureMatrix | null
}

/** The share of a repeat that must carry the other label, because two labels may share a bar or two at an edge. */
const SHARED_SHARE = 0.75

/**
 * Strong enough not to bother people needlessly: 26 of the 250 labels of the corpus have such a change inside, and 45
 * of 174 joined pairs of sections.
 */
const SURE_CHANGE = 1.5
/** People who label by bars do so nearly always: on 37 dance tracks of the corpus all edges of a track have the same place in the bar. */
const CLEAR_SHARE = 0.75
/** This many edges at one other place in the bar point to the grid, not to the labels. */
const GRID_EDGES = 3
/** Kinds that differ by where they lie, not by how they sound. */
const PLACES: readonly SectionKind[] = ['intro', 'outro']

const shortFlaws = (label: CheckedLabel): LabelFlaw[] => {
  const length = spanLength(label)
  if (length >= GOOD_LABEL_BEATS) return []
  const message = `Only ${length} beats: sections of ${GOOD_LABEL_BEATS} beats or more train better.`
  return [{ labelId: label.id, code: 'TOO_SHORT', message, otherId: null }]
}

/** Edges inside the track; its own ends do not count. */
const innerEdges = (label: CheckedLabel, { beatsPerBar, firstDownbeat, beatCount }: BeatGrid): readonly number[] =>
  [label.startBeat, label.endBeat].filter((beat) => beat > firstDownbeat && beat < beatCount - beatsPerBar)

const barFlaws = ({ labels, grid }: CheckedTrack): LabelFlaw[] => {
  const placeOf = (beat: number): number => (beat - grid.firstDownbeat) % grid.beatsPerBar
  const edges = [...new Set(labels.flatMap((label) => innerEdges(label, grid)))]
  const places = [...Map.groupBy(edges, placeOf)].toSorted(([, a], [, b]) => b.length - a.length)
  const [usual, there] = places[0] ?? [0, []]
  if (there.length < CLEAR_SHARE * edges.length) return []
  if (usual !== 0 && there.length >= GRID_EDGES) {
    const message = `${there.length} edges in this track are ${usual} ${usual === 1 ? 'beat' : 'beats'} after the start of a bar. Perhaps the bars begin there.`
    return [{ labelId: labels[0]!.id, code: 'OFF_BAR', message, otherId: null }]
  }
  return labels.flatMap((label): LabelFlaw[] => {
    const off = innerEdges(label, grid).filter((beat) => placeOf(beat) !== 0)
    if (off.length === 0) return []
    const message = `${off.map((beat) => placeText(grid, beat)).join(' and ')} ${off.length === 1 ? 'is' : 'are'} not at the start of a bar. Move the edge, or the grid.`
    return [{ labelId: label.id, code: 'OFF_BAR', message, otherId: null }]
  })
}

const twoTypesFlaws = (label: CheckedLabel, features: FeatureMatrix, grid: Metre): LabelFlaw[] => {
  const change = findInnerChange(features, label)
  if (change === null || change.strength < SURE_CHANGE) return []
  const message = `The sound changes at bar ${placeText(grid, change.beat)}. Perhaps these are two sections.`
  return [{ labelId: label.id, code: 'PERHAPS_TWO_TYPES', message, otherId: null }]
}

const contradictionFlaws = (
  label: CheckedLabel,
  { labels, grid }: CheckedTrack,
  repeats: readonly Repeat[],
): LabelFlaw[] => {
  for (const repeat of repeats) {
    const other = labels.find(
      ({ kind, startBeat, endBeat }) =>
        kind !== label.kind &&
        !(PLACES.includes(kind) && PLACES.includes(label.kind)) &&
        Math.min(endBeat, repeat.endBeat) - Math.max(startBeat, repeat.startBeat) >= SHARED_SHARE * spanLength(repeat),
    )
    if (!other) continue
    const message = `Sounds like ${spanText(grid, repeat)}, which you labelled ${other.kind}. Should both be the same?`
    return [{ labelId: label.id, code: 'CONTRADICTS', message, otherId: other.id }]
  }
  return []
}

/** Flaws that the audio under the labels shows. */
const audioFlaws = (track: CheckedTrack, features: FeatureMatrix): ((label: CheckedLabel) => readonly LabelFlaw[]) => {
  const { grid } = track
  const findRepeats = createRepeatFinder(features, grid)
  return (label) => [
    ...(label.endBeat <= features.beats ? contradictionFlaws(label, track, findRepeats(label)) : []),
    ...twoTypesFlaws(label, features, grid),
  ]
}

export const checkLabels = (track: CheckedTrack): readonly LabelFlaw[] => {
  const fromAudio = track.features ? audioFlaws(track, track.features) : () => []
  const flaws = [...track.labels.flatMap((label) => [...fromAudio(label), ...shortFlaws(label)]), ...barFlaws(track)]
  // A contradiction is reported once, for the first of the two labels.
  const isTold = ({ labelId, otherId }: LabelFlaw, before: readonly LabelFlaw[]): boolean =>
    otherId !== null && before.some((flaw) => flaw.labelId === otherId && flaw.otherId === labelId)
  return flaws.filter((flaw, at) => !isTold(flaw, flaws.slice(0, at)))
}
