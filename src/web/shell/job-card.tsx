import { type ReactElement, useState } from 'react'
import { LEFT_OUT_WORDS, type LeftOut } from '../../core/library/left-out.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { noteAsked } from '../kit/jobs/asked-jobs.ts'
import { JobProgress } from '../kit/jobs/job-progress.tsx'
import {
  type FileFailure,
  failuresOf,
  isLive,
  isRetryable,
  type JobDocument,
  jobTitle,
  leftOutOf,
  outcomeText,
} from '../kit/jobs/job-words.ts'
import { dismissJobs } from '../kit/jobs/tray-state.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { dateText } from '../kit/words/time-text.ts'
import styles from './job-tray.module.css'

/** More are told by their number only. */
const MOST_FAILURES = 100

const Failures = ({ failures }: { readonly failures: readonly FileFailure[] }): ReactElement => (
  <details className={styles.failures}>
    <summary>
      {failures.length} {failures.length === 1 ? 'file' : 'files'} failed
    </summary>
    <ul>
      {failures.slice(0, MOST_FAILURES).map(({ file, error }) => (
        <li key={file}>
          <strong title={file}>{file.split(/[\\/]/).at(-1)}</strong>
          <span>
            {error.title}: {error.detail}
          </span>
          <span className="quiet">{error.hint}</span>
        </li>
      ))}
      {failures.length > MOST_FAILURES && <li>and {failures.length - MOST_FAILURES} more</li>}
    </ul>
  </details>
)

/** What a scan passed over: no failure, but nothing that is silent. */
const PassedOver = ({ leftOut }: { readonly leftOut: readonly LeftOut[] }): ReactElement => {
  const total = leftOut.reduce((sum, { count }) => sum + count, 0)
  return (
    <details className={`${styles.failures} ${styles.passedOver}`}>
      <summary>{total.toLocaleString('en-GB')} passed over</summary>
      <ul>
        {leftOut.map(({ reason, count, files }) => (
          <li key={reason}>
            <strong>
              {LEFT_OUT_WORDS[reason].what} ({count.toLocaleString('en-GB')})
            </strong>
            <span>
              {files.join(', ')}
              {count > files.length && ` and ${(count - files.length).toLocaleString('en-GB')} more`}
            </span>
            {LEFT_OUT_WORDS[reason].hint && <span className="quiet">{LEFT_OUT_WORDS[reason].hint}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** One job: what it does and how far it is, or how it ended and what can be done about it. */
export const JobCard = ({ job }: { readonly job: JobDocument }): ReactElement => {
  const [isAsked, setIsAsked] = useState(false)
  const ask = (answer: Promise<unknown>): void => {
    setIsAsked(true)
    answer.catch(notifyProblem).finally(() => setIsAsked(false))
  }
  const params = { job_id: job.job_id }
  const retry = async (): Promise<void> => {
    noteAsked(await client.retryJob({ params }))
    dismissJobs([job.id])
  }
  const failures = failuresOf(job)
  const leftOut = leftOutOf(job)
  return (
    <li className={styles.job} aria-label={jobTitle(job)}>
      <div className={styles.header}>
        <strong>{jobTitle(job)}</strong>
        {isLive(job) ? (
          <Button disabled={isAsked} onClick={() => ask(client.cancelJob({ params }))}>
            {isAsked ? 'Cancelling…' : 'Cancel'}
          </Button>
        ) : (
          <Button look="bare" aria-label={`Dismiss ${jobTitle(job)}`} onClick={() => dismissJobs([job.id])}>
            ✕
          </Button>
        )}
      </div>
      {isLive(job) ? (
        <JobProgress job={job} />
      ) : (
        <p data-trouble={job.status === 'failed'}>
          {outcomeText(job)}
          {job.completed_at && <span className="quiet"> · {dateText(job.completed_at)}</span>}
        </p>
      )}
      {job.error && (
        <p className="quiet">
          {job.error.detail} {job.error.hint}
        </p>
      )}
      {failures.length > 0 && <Failures failures={failures} />}
      {leftOut.length > 0 && <PassedOver leftOut={leftOut} />}
      {isRetryable(job) && (
        <Button disabled={isAsked} onClick={() => ask(retry())}>
          {failures.length > 0 ? 'Retry failed only' : 'Try again'}
        </Button>
      )}
    </li>
  )
}
