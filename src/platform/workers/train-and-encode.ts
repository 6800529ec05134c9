import type { SectionKind } from '../../core/labels/section-kind.ts'
import { encodeOnnx } from '../../core/models/onnx-encode.ts'
import { type TrainedSections, type TrainingInput, trainSections } from '../../core/training/train-sections.ts'
import type { TrainingReport } from '../../core/training/training-progress.ts'
import type { TaskContext } from './task-context.ts'

/** The fraction of the work done, or the report of a round. */
export type TrainingTaskProgress =
  | { readonly kind: 'fraction'; readonly fraction: number }
  | { readonly kind: 'report'; readonly report: TrainingReport }

export type TrainedModel = Omit<TrainedSections, 'model' | 'outOfFold'> & {
  readonly kinds: TrainedSections['model']['kinds']
  readonly onnx: Uint8Array
  readonly outOfFold: readonly LabelGuess[]
}

/** What a model that never saw the label's track or artist predicts for it. */
export type LabelGuess = {
  readonly labelId: string
  /** In which it was held out. */
  readonly fold: number
  readonly predicted: SectionKind
  readonly confidence: number
  /** Of each of the model's kinds. */
  readonly probabilities: readonly number[]
}

/** Trains a model and encodes it, ready to be published. */
export const trainAndEncode = async (
  input: TrainingInput,
  { report, signal }: TaskContext<TrainingTaskProgress>,
): Promise<TrainedModel> => {
  const { model, outOfFold, ...trained } = await trainSections(input, {
    signal,
    onProgress: (fraction) => report({ kind: 'fraction', fraction }),
    onReport: (at) => report({ kind: 'report', report: at }),
  })
  const guess = ({ labelId, fold, probabilities }: TrainedSections['outOfFold'][number]): LabelGuess => {
    const confidence = Math.max(...probabilities)
    return { labelId, fold, predicted: model.kinds[probabilities.indexOf(confidence)]!, confidence, probabilities }
  }
  return { ...trained, kinds: model.kinds, onnx: encodeOnnx(model), outOfFold: outOfFold.map(guess) }
}
