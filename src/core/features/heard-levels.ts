/**
 * @file How much voice the shipped network hears in each beat: layer 1 in the words of layer 3.
 * Method: the mean logit of a group of tags that mean nearly the same, so that no single tag decides (decision 0014), interpolated
 * linearly between the middles of two windows.
 * Conventions: logits are kept within ±LARGEST_LOGIT; where nothing was heard every value is UNHEARD_LOGIT, which contrasts with nothing.
 */
import type { HeardPace } from '../beats/heard-octave.ts'
import type { BeatFrames } from './aggregate-beats.ts'
import { columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { type FeatureMatrix, placesOf } from './feature-matrix.ts'

/** Tags of the network for each column, which is their mean. */
export const HEARD_VOICES: Readonly<Record<string, readonly string[]>> = {
  'heard male voice': ['male vocalists', 'male', 'male vocal', 'man', 'male voice'],
  'heard female voice': ['female vocalists', 'female vocalist', 'female', 'woman', 'female vocal', 'female voice'],
  'heard voice': ['vocal', 'singing', 'vocals', 'voice'],
  'heard no voice': ['instrumental', 'no vocals', 'no vocal', 'no voice'],
}

/** Tags of styles in the same way: whether it is a song or dance music, wherever in the track. */
export const HEARD_STYLES: Readonly<Record<string, readonly string[]>> = {
  'heard rock': ['rock', 'alternative rock', 'hard rock', 'classic rock', 'metal', 'guitar'],
  'heard pop': ['pop', 'indie', 'alternative', 'indie rock', 'folk', 'country'],
  'heard electronic': ['electronic', 'electronica', 'techno', 'house', 'electro', 'dance', 'synth'],
}

export const HEARD_GROUPS: Readonly<Record<string, readonly string[]>> = { ...HEARD_VOICES, ...HEARD_STYLES }

/** A window of the network is longer than a beat, so in beat rows voices would blur the edges (decision 0014). */
const COLUMNS = [
  ...columnsNamed(Object.keys(HEARD_VOICES), { group: 'the voice', roles: ['sound', 'voice', 'style'] }),
  ...columnsNamed(Object.keys(HEARD_STYLES), { group: 'the tone colour', roles: ['sound', 'style'] }),
]

/** A larger logit says only how rare the tag is. */
export const LARGEST_LOGIT = 7
/** Near the median of all groups over the public corpus, so neither much nor little of anything. */
const UNHEARD_LOGIT = -5

/** Mean logits of the groups in the windows of a network, and what they say of the whole track. */
export type HeardLevels = {
  /** Frames from one window to the next; window i describes `[i, i + 1)` times this. */
  readonly windowFrames: number
  /** Shape (windows, groups), in the order of HEARD_GROUPS. */
  readonly values: Float32Array
  /** Null where there is no window. */
  readonly pace: HeardPace | null
}

const levelsAt = ({ windowFrames, values }: HeardLevels, group: number, frame: number): number => {
  const windows = values.length / COLUMNS.length
  const at = Math.max(0, Math.min(windows - 1, frame / windowFrames - 0.5))
  const before = Math.floor(at)
  const inWindow = (window: number): number => values[Math.min(windows - 1, window) * COLUMNS.length + group]!
  return inWindow(before) + (at - before) * (inWindow(before + 1) - inWindow(before))
}

/**
 * Reserves the columns: a network takes longer than all extractors of frames, and `withHeardLevels` fills them in once
 * it has heard the track.
 */
export const heardLevels: FeatureExtractor = {
  columns: COLUMNS,
  parameters: { largestLogit: LARGEST_LOGIT, unheardLogit: UNHEARD_LOGIT },
  extract: ({ beats }) => new Float32Array(beats * COLUMNS.length).fill(UNHEARD_LOGIT),
}

/** @returns the features with what a network heard; unchanged where none has heard the track */
export const withHeardLevels = (
  features: FeatureMatrix,
  heard: HeardLevels | null,
  { beatFrames }: Pick<BeatFrames, 'beatFrames'>,
): FeatureMatrix => {
  if (heard === null || heard.values.length === 0) return features
  const { beats, columns } = features
  const values = features.values.slice()
  for (const [group, column] of placesOf(features, COLUMNS, 'What was heard').entries())
    for (let beat = 0; beat < beats; beat++)
      values[beat * columns.length + column] = levelsAt(heard, group, (beatFrames[beat]! + beatFrames[beat + 1]!) / 2)
  return { ...features, values }
}
