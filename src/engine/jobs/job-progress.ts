import type { JobProgress } from '../kit/workspace.ts'
import type { JobContext } from './job-definition.ts'

/** Reading is a tenth of the work, since hashing runs at the speed of the disk and analysis at that of the CPU. */
const READING_SHARE = 0.1

/** Fraction done of a single-stage job, 0 to 1. */
export const stageFraction = ({ done, total }: Pick<JobProgress, 'done' | 'total'>): number =>
  total === 0 ? 0 : done / total

/** Fraction done of a whole scan with its analysis, 0 to 1. */
export const scanFraction = (progress: JobProgress): number => {
  if (progress.stage === 'listing') return 0
  const part = stageFraction(progress)
  return progress.stage === 'reading' ? part * READING_SHARE : READING_SHARE + part * (1 - READING_SHARE)
}

/** Reports progress over items. Only the pace of the last stage tells when the job ends. */
export const reportItems =
  ({ report }: JobContext, fractionOf: (progress: JobProgress) => number, lastStage: JobProgress['stage']) =>
  (progress: JobProgress): void =>
    report({
      ...progress,
      fraction: fractionOf(progress),
      pace: progress.stage === lastStage ? stageFraction(progress) : null,
    })
