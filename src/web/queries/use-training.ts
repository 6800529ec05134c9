import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Answer } from '../../api/operations/client.ts'
import type { label, labelQuality, labelStats } from '../../api/operations/labels.ts'
import type { judgements, model, modelDetails } from '../../api/operations/models.ts'
import type { trainingDetails, trainingJob } from '../../api/operations/training.ts'
import { TOLD_AS_NOTICE } from './query-client.ts'
import { queryOf } from './query-of.ts'

export type LabelStats = z.output<typeof labelStats>
export type LabelQuality = z.output<typeof labelQuality>
export type LabelRow = z.output<typeof label>
export type ModelRow = z.output<typeof model>
export type ModelDetails = z.output<typeof modelDetails>
/** What is known of a version that was trained, here or elsewhere. */
export type ModelCard = NonNullable<ModelDetails['card']>
export type Judgement = ModelJudgements[number]
type ModelJudgements = z.output<typeof judgements>
export type Rivalry = Judgement['rivals'][number]
export type Scope = Answer<'listScopes'>[number]
export type TrainingJob = z.output<typeof trainingJob>

export const useLabelStats = (): UseQueryResult<LabelStats> => useQuery(queryOf('labelStats'))

export const useLabelQuality = (): UseQueryResult<LabelQuality> => useQuery(queryOf('labelQuality'))

export const useLabels = (): UseQueryResult<readonly LabelRow[]> => useQuery(queryOf('listLabels'))

/** All versions, the one that ships as the first. */
export const useModels = (): UseQueryResult<readonly ModelRow[]> =>
  useQuery(queryOf('listModels', { query: { include: 'shipped' } }))

/** How good a version is on the person's own labels; null until that is known. */
export const useJudgement = (version: number): Judgement | null =>
  useQuery({
    ...queryOf('judgeModels'),
    select: (all) => all.find((one) => one.version === version) ?? null,
  }).data ?? null

export const useModel = (version: number): UseQueryResult<ModelDetails> =>
  useQuery(queryOf('model', { params: { version } }))

/** The newest training, whatever became of it. */
export const useLatestTraining = (): UseQueryResult<TrainingJob | null> =>
  useQuery({
    ...queryOf('listTrainings', { query: { limit: 1 } }),
    select: ([newest]) => newest ?? null,
  })

/** The losses round by round, including rounds from before the page was loaded. */
export const useTrainingLosses = (jobId: string): UseQueryResult<z.output<typeof trainingDetails>['losses']> =>
  useQuery({
    ...queryOf('training', { params: { job_id: jobId } }),
    select: ({ losses }) => losses,
    meta: TOLD_AS_NOTICE,
  })

export const isTraining = ({ status }: TrainingJob): boolean => !['completed', 'failed', 'cancelled'].includes(status)
