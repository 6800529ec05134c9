import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from '../../api/contract/client.ts'
import { notifyProblem } from '../kit/notices.tsx'

/** What the server refused stays refused; what did not reach it is tried again. */
const isWorthAnotherTry = (failures: number, error: Error): boolean => !(error instanceof ApiProblem) && failures < 3

/** Of a query whose refusal has no place of its own on the screen: a notice tells it. */
export const TOLD_AS_NOTICE = { isToldAsNotice: true }

/** Events say what changed, so nothing is asked for again by the clock. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // That nothing answers is told once, at the top of the page.
    onError: (error, { meta }) => {
      if (meta?.isToldAsNotice === true && error instanceof ApiProblem) notifyProblem(error)
    },
  }),
  defaultOptions: { queries: { retry: isWorthAnotherTry, staleTime: Number.POSITIVE_INFINITY } },
})
