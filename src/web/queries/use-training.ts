import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { trainingDetails, trainingJob } from '../../api/contract/jobs.ts'
import type { label, labelQuality, labelStats } from '../../api/contract/labels.ts'
import type { model, modelDetails } from '../../api/contract/models.ts'
import { client } from '../kit/client.ts'
import { TOLD_AS_NOTICE } from './query-client.ts'
import { keys } from './query-keys.ts'

export type LabelStats = z.output<typeof labelStats>
export type LabelQuality = z.output<typeof labelQuality>
export type LabelRow = z.output<typeof label>
export type ModelRow = z.output<typeof model>
export type ModelDetails = z.output<typeof modelDetails>
export type TrainingJob = z.output<typeof trainingJob>

export const useLabelStats = (): UseQueryResult<LabelStats> =>
  useQuery({ queryKey: keys.labelStats, queryFn: () => client.labelStats({ query: {} }) })

export const useLabelQuality = (): UseQueryResult<LabelQuality> =>
  useQuery({ queryKey: keys.labelQuality, queryFn: () => client.labelQuality() })

export const useLabels = (): UseQueryResult<readonly LabelRow[]> =>
  useQuery({ queryKey: keys.labels, queryFn: () => client.listLabels({ query: {} }) })

export const useModels = (): UseQueryResult<readonly ModelRow[]> =>
  useQuery({ queryKey: keys.models, queryFn: () => client.listModels({ query: {} }) })

export const useModel = (version: number): UseQueryResult<ModelDetails> =>
  useQuery({ queryKey: [...keys.models, version], queryFn: () => client.model({ params: { version } }) })

/** The newest training, whatever became of it. */
export const useLatestTraining = (): UseQueryResult<TrainingJob | null> =>
  useQuery({
    queryKey: keys.trainings,
    queryFn: async () => (await client.listTrainings({ query: { limit: 1 } }))[0] ?? null,
  })

/** The losses round by round, including rounds from before the page was loaded. */
export const useTrainingLosses = (jobId: string): UseQueryResult<z.output<typeof trainingDetails>['losses']> =>
  useQuery({
    queryKey: [...keys.trainings, jobId],
    meta: TOLD_AS_NOTICE,
    queryFn: async () => (await client.training({ params: { job_id: jobId } })).losses,
  })

export const isTraining = ({ status }: TrainingJob): boolean => !['completed', 'failed', 'cancelled'].includes(status)
