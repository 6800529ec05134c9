import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { health } from '../../api/contract/system.ts'
import { client } from '../kit/client.ts'
import { TOLD_AS_NOTICE } from './query-client.ts'
import { keys } from './query-keys.ts'

export const useHealth = (): UseQueryResult<z.output<typeof health>> =>
  useQuery({ queryKey: keys.health, queryFn: () => client.health(), meta: TOLD_AS_NOTICE })
