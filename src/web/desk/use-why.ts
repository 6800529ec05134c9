import type { UseQueryResult } from '@tanstack/react-query'
import { useShallow } from 'zustand/react/shallow'
import type { Span } from '../../core/labels/span.ts'
import { type SpanEvidence, useEvidence } from '../queries/use-evidence.ts'
import { useDesk, useDeskTools } from './desk-context.ts'
import { selectedSpan } from './desk-edits.ts'

type Why = Pick<UseQueryResult<SpanEvidence>, 'data' | 'error'> & {
  readonly isAsking: boolean
  /** What is asked about. */
  readonly span: Span | null
}

/** The evidence for what is selected, while it is asked for. */
export const useWhy = (): Why => {
  const tools = useDeskTools()
  const isAsking = useDesk((state) => state.isAskingWhy)
  const trackId = useDesk((state) => state.trackId)
  const span = useDesk(
    useShallow(() => {
      const selected = selectedSpan(tools)
      return selected && { startBeat: selected.startBeat, endBeat: selected.endBeat }
    }),
  )
  const { data, error } = useEvidence(trackId, isAsking ? span : null)
  return { isAsking, span, data, error }
}
