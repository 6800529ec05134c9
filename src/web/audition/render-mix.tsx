import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { addressOf } from '../../api/operations/client.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { isLive, outcomeText } from '../kit/jobs/job-words.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { queryOf } from '../queries/query-of.ts'

type RenderProps = {
  readonly body: Parameters<typeof client.renderSet>[0]['body']
  readonly isReady: boolean
  readonly name: string
}

/** Renders a transition or a set as a WAV file, and hands it over. */
export const RenderMix = ({ body, isReady, name }: RenderProps): ReactElement => {
  const [jobId, setJobId] = useState<string | null>(null)
  const { data: job } = useQuery({ ...queryOf('job', { params: { job_id: jobId ?? '' } }), enabled: jobId !== null })
  const render = async (): Promise<void> => {
    try {
      setJobId((await client.renderSet({ body })).job_id)
    } catch (error) {
      notifyProblem(error)
    }
  }
  const isRunning = job !== undefined && isLive(job)
  return (
    <>
      <Button disabled={!isReady || isRunning} onClick={() => void render()}>
        {name}
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
