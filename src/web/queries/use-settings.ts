import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { settings } from '../../api/operations/system.ts'
import { queryOf } from './query-of.ts'

export type Settings = z.output<typeof settings>

export const useSettings = (): UseQueryResult<Settings> => useQuery(queryOf('settings'))
