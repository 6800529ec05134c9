import { encodeOnnx } from '../../core/models/onnx-encode.ts'
import { type TrainedSections, type TrainingInput, trainSections } from '../../core/training/train-sections.ts'
import type { TrainingReport } from '../../core/training/training-progress.ts'
import type { TaskContext } from './task-context.ts'

/** The fraction of the work done, or the report of a round. */
export type TrainingTaskProgress =
  | { readonly kind: 'fraction'; readonly fraction: number }
  | { readonly kind: 'report'; readonly report: TrainingReport }

export type TrainedModel = Omit<TrainedSections, 'model'> & {
  readonly kinds: TrainedSections['model']['kinds']
  readonly onnx: Uint8Array
}

/** Trains a model and encodes it, ready to be published. */
export const trainAndEncode = async (
  input: TrainingInput,
  { report, signal }: TaskContext<TrainingTaskProgress>,
): Promise<TrainedModel> => {
  const { model, ...trained } = await trainSections(input, {
    signal,
    onProgress: (fraction) => report({ kind: 'fraction', fraction }),
    onReport: (at) => report({ kind: 'report', report: at }),
  })
  return { ...trained, kinds: model.kinds, onnx: encodeOnnx(model) }
}
