import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { root } from '../../api/operations/library.ts'
import { TOLD_AS_NOTICE } from './query-client.ts'
import { queryOf } from './query-of.ts'

export type RootDocument = z.output<typeof root>

export const useRoots = (): UseQueryResult<readonly RootDocument[]> =>
  useQuery({ ...queryOf('listRoots'), meta: TOLD_AS_NOTICE })
