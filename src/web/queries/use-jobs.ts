import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { JobDocument } from '../kit/jobs/job-words.ts'
import { TOLD_AS_NOTICE } from './query-client.ts'
import { queryOf } from './query-of.ts'

export const useJobs = (): UseQueryResult<readonly JobDocument[]> =>
  useQuery({
    ...queryOf('listJobs', { query: { limit: 20 } }),
    meta: TOLD_AS_NOTICE,
  })
