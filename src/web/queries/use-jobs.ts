import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { client } from '../kit/client.ts'
import type { JobDocument } from '../kit/jobs/job-words.ts'
import { TOLD_AS_NOTICE } from './query-client.ts'
import { keys } from './query-keys.ts'

export const useJobs = (): UseQueryResult<readonly JobDocument[]> =>
  useQuery({
    queryKey: keys.jobs,
    queryFn: () => client.listJobs({ query: { limit: 20 } }),
    meta: TOLD_AS_NOTICE,
  })
