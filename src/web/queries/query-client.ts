import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from '../../api/operations/client.ts'
import { notifyProblem } from '../kit/notices.tsx'

/** A refused request stays refused; one that did not reach the server is tried again. */
const isWorthAnotherTry = (failures: number, error: Error): boolean => !(error instanceof ApiProblem) && failures < 3

/** Marks a query whose refusal has no place of its own on the screen and is told by a notice. */
export const TOLD_AS_NOTICE = { isToldAsNotice: true }

/**
 * Events say what changed, so no answer gets old by the clock. The server is on this machine: that the browser finds the network
 * cable out is no reason to hold a request back.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // The top of the page says, once, that the server does not answer.
    onError: (error, { meta }) => {
      if (meta?.isToldAsNotice === true && error instanceof ApiProblem) notifyProblem(error)
    },
  }),
  defaultOptions: {
    queries: { networkMode: 'always', retry: isWorthAnotherTry, staleTime: Number.POSITIVE_INFINITY },
    mutations: { networkMode: 'always' },
  },
})
