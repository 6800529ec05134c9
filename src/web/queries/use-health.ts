import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { health } from '../../api/operations/system.ts'
import { TOLD_AS_NOTICE } from './query-client.ts'
import { queryOf } from './query-of.ts'

export const useHealth = (): UseQueryResult<z.output<typeof health>> =>
  useQuery({ ...queryOf('health'), meta: TOLD_AS_NOTICE })

/** Whether what is shown is shared by many, and offers less; null until that is known. */
export const useIsCatalogue = (): boolean | null => {
  const { data, isError } = useHealth()
  if (data) return data.kind === 'catalogue'
  return isError ? false : null
}
