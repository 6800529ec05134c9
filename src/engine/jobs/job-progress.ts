import type { JobProgress } from '../kit/workspace.ts'
import type { TrainProgress } from '../versions/train-model.ts'

/** Reading is a tenth of the work: hashing runs at disk speed, analysis at the CPU's. */
const READING_SHARE = 0.1
/** Preparing is most of the time when tracks have to be analysed first, and none of it when not. */
const PREPARING_SHARE = 0.3

const partDone = ({ done, total }: Pick<JobProgress, 'done' | 'total'>): number => (total === 0 ? 0 : done / total)

/** Of a whole scan with its analysis, 0 to 1. */
export const scanFraction = (progress: JobProgress): number => {
  if (progress.stage === 'listing') return 0
  const part = partDone(progress)
  return progress.stage === 'reading' ? part * READING_SHARE : READING_SHARE + part * (1 - READING_SHARE)
}

/** Of a demo library that is generated and then read, 0 to 1: half the time each on one thread. */
export const demoFraction = (progress: JobProgress): number =>
  progress.stage === 'generating' ? partDone(progress) / 2 : 1 / 2 + scanFraction(progress) / 2

/** Of a job of one stage, 0 to 1. */
export const stageFraction = partDone

/** Of a whole training, 0 to 1. */
export const trainingFraction = ({ stage, fraction }: TrainProgress): number =>
  stage === 'preparing' ? fraction * PREPARING_SHARE : PREPARING_SHARE + fraction * (1 - PREPARING_SHARE)
