import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { root } from '../../api/contract/tracks.ts'
import { client } from '../kit/client.ts'
import { TOLD_AS_NOTICE } from './query-client.ts'
import { keys } from './query-keys.ts'

export type RootDocument = z.output<typeof root>

export const useRoots = (): UseQueryResult<readonly RootDocument[]> =>
  useQuery({ queryKey: keys.roots, queryFn: () => client.listRoots(), meta: TOLD_AS_NOTICE })
