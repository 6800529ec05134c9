import { Popover } from '@base-ui/react/popover'
import { ListChecks } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { failuresOf, isLive, type JobDocument, jobTitle, overallFraction } from '../kit/jobs/job-words.ts'
import { dismissJobs, useTray } from '../kit/jobs/tray-state.ts'
import { percentText } from '../kit/words/percent-text.ts'
import { useJobs } from '../queries/use-jobs.ts'
import { JobCard } from './job-card.tsx'
import styles from './job-tray.module.css'
import { useJobOutcomes } from './use-job-outcomes.ts'

const hasTrouble = (job: JobDocument): boolean => job.status === 'failed' || failuresOf(job).length > 0

const buttonText = (jobs: readonly JobDocument[]): string => {
  const [live, troubled] = [jobs.filter(isLive), jobs.filter(hasTrouble)]
  if (live.length === 1) return `${jobTitle(live[0]!)} ${percentText(live[0]!.progress.fraction, 0)}`
  if (live.length > 1) return `${live.length} jobs running`
  return troubled.length > 0 ? `Jobs: ${troubled.length} with failures` : 'Jobs'
}

/** What goes on in the background, from every screen. The jobs are the server's: a reload shows the same. */
export const JobTray = (): ReactElement => {
  const { data: jobs = [] } = useJobs()
  const { isOpen, dismissed } = useTray()
  useJobOutcomes(jobs)
  const shown = jobs.filter((job) => isLive(job) || !dismissed.includes(job.id))
  const ended = shown.filter((job) => !isLive(job))
  const fraction = overallFraction(shown)
  return (
    <Popover.Root open={isOpen} onOpenChange={(open) => useTray.setState({ isOpen: open })}>
      <Popover.Trigger render={<Button look="bare" className={styles.trigger ?? ''} />}>
        <ListChecks size={16} aria-hidden="true" />
        <span data-trouble={ended.some(hasTrouble) && fraction === null}>{buttonText(shown)}</span>
        {fraction !== null && (
          <span className={styles.small} aria-hidden="true">
            <span style={{ width: `${fraction * 100}%` }} />
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={styles.positioner} align="end" sideOffset={6} collisionPadding={12}>
          <Popover.Popup className={styles.popup}>
            <div className={styles.header}>
              <Popover.Title>Jobs</Popover.Title>
              {ended.length > 0 && (
                <Button look="bare" onClick={() => dismissJobs(ended.map(({ id }) => id))}>
                  Clear finished
                </Button>
              )}
            </div>
            {shown.length === 0 ? (
              <p className="quiet">Nothing is running. Scans, analyses and trainings show up here.</p>
            ) : (
              <ul className={styles.jobs}>
                {shown.map((job) => (
                  <JobCard key={job.id} job={job} />
                ))}
              </ul>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
