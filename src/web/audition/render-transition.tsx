import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { addressOf } from '../../api/operations/client.ts'
import { AUDITION_BARS } from '../../core/mixing/mix-range.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { isLive, outcomeText } from '../kit/jobs/job-words.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { queryOf } from '../queries/query-of.ts'
import type { PairIds } from './use-audition.ts'

type RenderProps = {
  readonly ids: PairIds
  readonly move: NonNullable<Parameters<typeof client.renderSet>[0]['body']['transitions']>[number]
  readonly isReady: boolean
}

/** Renders the transition as a WAV file, and hands it over. */
export const RenderTransition = ({ ids, move, isReady }: RenderProps): ReactElement => {
  const [jobId, setJobId] = useState<string | null>(null)
  const { data: job } = useQuery({ ...queryOf('job', { params: { job_id: jobId ?? '' } }), enabled: jobId !== null })
  const render = async (): Promise<void> => {
    try {
      const body = { track_ids: [ids.from, ids.to], transitions: [move], around_bars: AUDITION_BARS }
      setJobId((await client.renderSet({ body })).job_id)
    } catch (error) {
      notifyProblem(error)
    }
  }
  const isRunning = job !== undefined && isLive(job)
  return (
    <>
      <Button disabled={!isReady || isRunning} onClick={() => void render()}>
        Make a WAV file
      </Button>
      <span role="status">
        {job === undefined ? null : isRunning ? (
          `Mixing, ${percentText(job.progress.fraction, 0)}`
        ) : job.status === 'completed' ? (
          <a href={addressOf('renderedSet', { params: { job_id: job.job_id } })} download>
            Download it
          </a>
        ) : (
          outcomeText(job)
        )}
      </span>
    </>
  )
}
