import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import type { jobResults } from '../../api/operations/job-results.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { JobProgress } from '../kit/jobs/job-progress.tsx'
import { isLive } from '../kit/jobs/job-words.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { queryOf } from '../queries/query-of.ts'
import { PathField } from './path-field.tsx'
import styles from './program-export.module.css'

type Restored = z.output<(typeof jobResults)['restore-tags']>
type Asked = { readonly jobId: string; readonly folder: string }

const Report = ({ report }: { readonly report: Restored }): ReactElement => {
  const { dry_run: isDryRun, tracks, skipped } = report
  return (
    <div className={styles.report} role="status">
      <p>
        <strong>{countText(tracks.length)}</strong>{' '}
        {isDryRun ? 'would have the Serato tags of before again.' : 'with the Serato tags of before again.'}
      </p>
      {skipped.length > 0 && (
        <ul className={styles.changes}>
          {skipped.map(({ backup, reason }) => (
            <li key={backup}>
              Left as it is: {reason} <span className="quiet">({backup})</span>
            </li>
          ))}
        </ul>
      )}
      {tracks.length > 0 && (
        <details>
          <summary>Track by track</summary>
          <ul className={styles.changes}>
            {tracks.map(({ track_id: id, title }) => (
              <li key={id}>{title}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

/** Puts back the Serato tags that an export has replaced in the person's own files: shown first, then done. */
export const TagsRestoring = (): ReactElement => {
  const [folder, setFolder] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const { data } = useQuery({ ...queryOf('job', { params: { job_id: asked?.jobId ?? '' } }), enabled: asked !== null })
  const job = data?.job_id === asked?.jobId ? data : undefined
  const isBusy = asked !== null && (job === undefined || isLive(job))
  // What was shown for another folder says nothing of this one.
  const isOfThis = asked?.folder === folder
  const report = job?.kind === 'restore-tags' && job.status === 'completed' ? (job.result as Restored) : null
  const canRestore = report !== null && isOfThis && report.dry_run && report.tracks.length > 0
  const ask = (isDryRun: boolean): void => {
    client.restoreTags({ body: { folder, dry_run: isDryRun } }).then(({ job_id: jobId }) => {
      setAsked({ jobId, folder })
    }, notifyProblem)
  }
  return (
    <details>
      <summary>Put old Serato tags back</summary>
      <div className={styles.writing}>
        <p className="quiet">
          Where cues were written into your own files, the tags that they replaced lie in the folder that was named
          then. Each file gets its old tags back if its sound is still the same; what it has now is kept in that folder,
          too.
        </p>
        <PathField
          name="Folder with the old tags"
          value={folder}
          placeholder="/Users/me/serato-before"
          onChange={setFolder}
        />
        <p className={styles.buttons}>
          <Button disabled={folder.trim() === '' || isBusy} onClick={() => ask(true)}>
            Show what would change
          </Button>
          <Button look={canRestore ? 'main' : 'plain'} disabled={!canRestore || isBusy} onClick={() => ask(false)}>
            Put them back
          </Button>
        </p>
        {isBusy && job !== undefined && <JobProgress job={job} />}
        {job?.status === 'failed' && job.error !== null && isOfThis && (
          <p role="alert" className={styles.problem}>
            <strong>{job.error.title}.</strong> {job.error.detail} {job.error.hint}
          </p>
        )}
        {report !== null && isOfThis && <Report report={report} />}
      </div>
    </details>
  )
}
