import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { SECTION_KINDS } from '../../src/core/labels/section-kind.ts'
import {
  collectSamples,
  type LabelSample,
  prepareTracks,
  type RowBlock,
  spanRowsOf,
} from '../../src/core/training/label-rows.ts'
import { layGrids, type Prepared } from './folds.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { toTraining } from './train.ts'

/** The labels of a corpus as spans whose kinds are asked for. */
export type GivenSpans = {
  readonly gridded: readonly GriddedTrack[]
  readonly samples: readonly LabelSample[]
  readonly block: RowBlock
  /** Index into SECTION_KINDS of each sample. */
  readonly targets: readonly number[]
}

export const givenSpans = async ({ tracks, features }: Pick<Prepared, 'tracks' | 'features'>): Promise<GivenSpans> => {
  const gridded = await layGrids(tracks, shippedBarPhaseModel, { features })
  const samples = collectSamples(prepareTracks(gridded.map(toTraining)), SECTION_KINDS)
  return { gridded, samples, block: spanRowsOf(samples), targets: samples.map(({ target }) => target) }
}
