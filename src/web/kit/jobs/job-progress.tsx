import type { ReactElement } from 'react'
import styles from './job-progress.module.css'
import type { JobDocument } from './job-words.ts'
import { etaText, jobTitle, stageText } from './job-words.ts'

/** How far a job is, what it does now, and how long it will take, where that is known. */
export const JobProgress = ({ job }: { readonly job: JobDocument }): ReactElement => {
  const eta = etaText(job)
  const percent = Math.round(job.progress.fraction * 100)
  return (
    <>
      <div
        className={styles.progress}
        role="progressbar"
        aria-label={jobTitle(job)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <span style={{ width: `${job.progress.fraction * 100}%` }} />
      </div>
      <p className={styles.doing}>{stageText(job)}</p>
      <p className="quiet figures">
        {percent} %{eta && `, ${eta}`}
      </p>
    </>
  )
}
