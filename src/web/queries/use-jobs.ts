import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { job } from '../../api/operations/jobs.ts'
import { client } from './client.ts'
import { TOLD_AS_NOTICE } from './query-client.ts'
import { keys } from './query-keys.ts'

export type JobDocument = z.output<typeof job>

export const useJobs = (): UseQueryResult<readonly JobDocument[]> =>
  useQuery({
    queryKey: keys.jobs,
    queryFn: () => client.listJobs({ query: { limit: 20 } }),
    meta: TOLD_AS_NOTICE,
  })

const ENDED: readonly string[] = ['completed', 'failed', 'cancelled']
export const isLive = ({ status }: JobDocument): boolean => !ENDED.includes(status)
