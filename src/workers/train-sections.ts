import { encodeOnnx } from '../models/onnx-encode.ts'
import {
  type TrainedSections,
  type TrainingInput,
  type TrainingReport,
  trainSections as train,
} from '../training/train-sections.ts'
import type { TaskContext } from './task-context.ts'

/** A part of the work done, or what a round of it gave. */
export type TrainingTaskProgress =
  | { readonly kind: 'fraction'; readonly fraction: number }
  | { readonly kind: 'report'; readonly report: TrainingReport }

export type TrainedModel = Omit<TrainedSections, 'model' | 'outOfFold'> & {
  readonly kinds: TrainedSections['model']['kinds']
  readonly onnx: Uint8Array
}

/** Trains a model and encodes it; what comes back is ready to be published. */
export const trainSections = async (
  input: TrainingInput,
  { report, signal }: TaskContext<TrainingTaskProgress>,
): Promise<TrainedModel> => {
  const { model, scoreboard, labelCounts, epochs } = await train(input, {
    signal,
    onProgress: (fraction) => report({ kind: 'fraction', fraction }),
    onReport: (at) => report({ kind: 'report', report: at }),
  })
  return { kinds: model.kinds, onnx: encodeOnnx(model), scoreboard, labelCounts, epochs }
}
