/**
 * @file Labels of a track that are perhaps not meant so: what a trainer would ask about before learning from them.
 * Method: rules of the user's guide (at least 8 beats, edges on bars), the strongest change inside a label (`labels/inner-change.ts`), and
 * labels of different kinds on what is heard again (`find-repeats.ts`).
 * Conventions: one flaw of a code for each label at most; nothing is an error, since whoever labelled may know better.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { findInnerChange } from '../labels/inner-change.ts'
import type { Label } from '../labels/label.ts'
import { spanLength } from '../labels/span.ts'
import { GOOD_LABEL_BEATS } from '../labels/validate-label.ts'
import { createRepeatFinder, type Repeat } from './find-repeats.ts'

export type CheckedLabel = Label & { readonly id: number }

export type LabelFlaw = {
  readonly labelId: number
  readonly code: 'TOO_SHORT' | 'OFF_BAR' | 'PERHAPS_TWO_TYPES' | 'CONTRADICTS'
  readonly message: string
  /** The label that says otherwise of the same sound. */
  readonly otherId: number | null
}

export type CheckedTrack = {
  readonly grid: BeatGrid
  readonly labels: readonly CheckedLabel[]
  /** Null where they are not there: what is heard is not looked at then. */
  readonly features: FeatureMatrix | null
}

/** So much of a repeat must carry the other label: at an edge two labels share a bar or two. */
const SHARED_SHARE = 0.75

const beatsOffBar = (beat: number, { beatsPerBar, firstDownbeat, beatCount }: BeatGrid): number => {
  // A track begins and ends where it does.
  if (beat <= firstDownbeat || beat >= beatCount - beatsPerBar) return 0
  return (beat - firstDownbeat) % beatsPerBar
}

const shapeFlaws = (label: CheckedLabel, grid: BeatGrid): LabelFlaw[] => {
  const flaws: LabelFlaw[] = []
  const length = spanLength(label)
  if (length < GOOD_LABEL_BEATS)
    flaws.push({
      labelId: label.id,
      code: 'TOO_SHORT',
      message: `Only ${length} beats: sections of ${GOOD_LABEL_BEATS} beats or more train better.`,
      otherId: null,
    })
  const off = [label.startBeat, label.endBeat].filter((beat) => beatsOffBar(beat, grid) !== 0)
  if (off.length > 0)
    flaws.push({
      labelId: label.id,
      code: 'OFF_BAR',
      message: `Beat ${off.join(' and ')} ${off.length === 1 ? 'is' : 'are'} no first beat of a bar: move the edge, or the grid.`,
      otherId: null,
    })
  return flaws
}

const twoTypesFlaws = (label: CheckedLabel, features: FeatureMatrix): LabelFlaw[] => {
  const change = findInnerChange(features, label)
  if (change === null) return []
  const message = `The sound changes at beat ${change.beat}: perhaps these are two sections.`
  return [{ labelId: label.id, code: 'PERHAPS_TWO_TYPES', message, otherId: null }]
}

const contradictionFlaws = (
  label: CheckedLabel,
  labels: readonly CheckedLabel[],
  repeats: readonly Repeat[],
): LabelFlaw[] => {
  for (const repeat of repeats) {
    const other = labels.find(
      ({ kind, startBeat, endBeat }) =>
        kind !== label.kind &&
        Math.min(endBeat, repeat.endBeat) - Math.max(startBeat, repeat.startBeat) >= SHARED_SHARE * spanLength(repeat),
    )
    if (!other) continue
    const message = `Sounds like beats ${repeat.startBeat}–${repeat.endBeat}, which are labelled ${other.kind}: should both be the same?`
    return [{ labelId: label.id, code: 'CONTRADICTS', message, otherId: other.id }]
  }
  return []
}

/** What is heard in the labels. */
const heardFlaws = (
  { grid, labels }: CheckedTrack,
  features: FeatureMatrix,
): ((label: CheckedLabel) => readonly LabelFlaw[]) => {
  const findRepeats = createRepeatFinder(features, grid)
  return (label) => [
    ...(label.endBeat <= features.beats ? contradictionFlaws(label, labels, findRepeats(label)) : []),
    ...twoTypesFlaws(label, features),
  ]
}

export const checkLabels = (track: CheckedTrack): readonly LabelFlaw[] => {
  const heard = track.features ? heardFlaws(track, track.features) : () => []
  return track.labels.flatMap((label) => [...heard(label), ...shapeFlaws(label, track.grid)])
}
