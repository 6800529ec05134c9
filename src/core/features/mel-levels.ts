/**
 * @file Mean level of each mel band within the beat, in dB re full scale: the plain picture of the sound.
 */
import { beatMeans } from './aggregate-beats.ts'
import { columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { FRAME_SHAPE } from './track-frames.ts'

export const melLevels: FeatureExtractor = {
  columns: columnsNamed(
    Array.from({ length: FRAME_SHAPE.melBands }, (_, band) => `mel ${band}`),
    { group: 'the tone colour', roles: [] },
  ),
  parameters: {},
  extract: (track) => beatMeans(track, track.melDb, FRAME_SHAPE.melBands),
}
