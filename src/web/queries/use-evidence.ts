import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { evidence } from '../../api/contract/tracks.ts'
import type { Span } from '../../core/labels/span.ts'
import { client } from '../kit/client.ts'
import { keys } from './query-keys.ts'

export type SpanEvidence = z.output<typeof evidence>

/** The evidence of the proposing model for its kind of a part of a track; without a part nothing is fetched. */
export const useEvidence = (trackId: number, span: Span | null): UseQueryResult<SpanEvidence> =>
  useQuery({
    queryKey: [...keys.models, 'evidence', trackId, span?.startBeat, span?.endBeat],
    queryFn: () =>
      client.evidence({
        params: { id: trackId },
        query: { start_beat: span!.startBeat, end_beat: span!.endBeat },
      }),
    enabled: span !== null,
    retry: false,
  })
