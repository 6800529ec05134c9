import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from '../../api/contract/client.ts'

/** What the server refused stays refused; what did not reach it is tried again. */
const isWorthAnotherTry = (failures: number, error: Error): boolean => !(error instanceof ApiProblem) && failures < 3

/** Events say what changed, so nothing is asked for again by the clock. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: isWorthAnotherTry, staleTime: Number.POSITIVE_INFINITY } },
})
