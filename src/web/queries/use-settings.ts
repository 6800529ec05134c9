import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { settings } from '../../api/contract/system.ts'
import { client } from '../kit/client.ts'
import { keys } from './query-keys.ts'

export type Settings = z.output<typeof settings>

export const useSettings = (): UseQueryResult<Settings> =>
  useQuery({ queryKey: keys.settings, queryFn: () => client.settings() })
