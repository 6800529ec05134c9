import { type ReactElement, useEffect } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { JobProgress } from '../kit/jobs/job-progress.tsx'
import { isLive, type JobDocument } from '../kit/jobs/job-words.ts'
import { useArrival } from '../kit/use-arrival.ts'
import { stopPreview } from '../player/preview.ts'
import styles from './bring-in.module.css'
import { beginAnew, look, useBringIn } from './bring-in-state.ts'
import { FoundPanel } from './found-panel.tsx'
import { ImportsPanel } from './imports-panel.tsx'
import { MatchPanel } from './match-panel.tsx'
import { NamesPanel } from './names-panel.tsx'
import { ReviewPanel } from './review-panel.tsx'
import { SourcePanel } from './source-panel.tsx'
import { TakePanel } from './take-panel.tsx'
import { type LibraryReport, useJobReport } from './use-job-report.ts'

const Running = ({ job }: { readonly job: JobDocument | undefined }): ReactElement | null => {
  if (job === undefined) return null
  if (isLive(job))
    return (
      <div className={styles.running}>
        <JobProgress job={job} />
      </div>
    )
  if (job.status !== 'failed' || job.error === null) return null
  return (
    <p role="alert" className={styles.warning}>
      <strong>{job.error.title}.</strong> {job.error.detail} {job.error.hint}
    </p>
  )
}

/** What is left to say before it is brought in; the focus goes there once it is known. */
const Steps = ({ libraries, isBusy }: { readonly libraries: readonly LibraryReport[]; readonly isBusy: boolean }) => {
  const arrival = useArrival<HTMLDivElement>(true)
  return (
    <div ref={arrival} tabIndex={-1} className={styles.steps}>
      <FoundPanel libraries={libraries} />
      <MatchPanel libraries={libraries} />
      <NamesPanel libraries={libraries} />
      <TakePanel libraries={libraries} isBusy={isBusy} />
    </div>
  )
}

const Review = ({ libraries }: { readonly libraries: readonly LibraryReport[] }) => {
  const arrival = useArrival<HTMLDivElement>(true)
  const deleted = libraries.reduce((sum, { playlists_deleted }) => sum + (playlists_deleted ?? 0), 0)
  return (
    <div ref={arrival} tabIndex={-1} className={styles.steps}>
      {deleted > 0 && (
        <p className={styles.line}>
          {countText(deleted, 'playlist')} that you have deleted {deleted === 1 ? 'was' : 'were'} left out.
          <Button onClick={() => look({ deleted: true })}>Bring {deleted === 1 ? 'it' : 'them'} back…</Button>
        </p>
      )}
      {libraries.map(({ import_id: id }) => id !== null && <ReviewPanel key={id} importId={id} />)}
    </div>
  )
}

/** Brings in a library of another DJ program: found, matched, understood, reviewed. */
export const BringInScreen = (): ReactElement => {
  const { looking, bringing } = useBringIn()
  const looked = useJobReport(looking)
  const brought = useJobReport(bringing)
  useEffect(() => stopPreview, [])
  const isLooking = looking !== null && (looked.job === undefined || isLive(looked.job))
  const isBringing = bringing !== null && (brought.job === undefined || isLive(brought.job))
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <h1>Bring in your DJ library</h1>
        <p className="quiet">The cues that you have set elsewhere become sections here.</p>
      </header>
      {brought.report === null && <SourcePanel isBusy={isLooking} />}
      <Running job={looked.job} />
      {brought.report === null && looked.report !== null && (
        <Steps key={looking} libraries={looked.report.libraries} isBusy={isBringing} />
      )}
      <Running job={brought.job} />
      {brought.report !== null && (
        <>
          <Review libraries={brought.report.libraries} />
          <Panel title="Another library">
            <p className={styles.line}>
              <Button onClick={beginAnew}>Bring in another library</Button>
            </p>
          </Panel>
        </>
      )}
      <ImportsPanel />
    </div>
  )
}
