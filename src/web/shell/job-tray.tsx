import { Popover } from '@base-ui/react/popover'
import { ListChecks } from 'lucide-react'
import { type ReactElement, useEffect } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { isLive, isTroubled, type JobDocument, jobTitle, overallFraction } from '../kit/jobs/job-words.ts'
import { dismissJobs, markSeen, useTray } from '../kit/jobs/tray-state.ts'
import { percentText } from '../kit/words/percent-text.ts'
import { useJobs } from '../queries/use-jobs.ts'
import { JobCard } from './job-card.tsx'
import styles from './job-tray.module.css'
import { useJobOutcomes } from './use-job-outcomes.ts'

const buttonText = (jobs: readonly JobDocument[], troubled: readonly JobDocument[]): string => {
  const live = jobs.filter(isLive)
  if (live.length === 1) return `${jobTitle(live[0]!)} ${percentText(live[0]!.progress.fraction, 0)}`
  if (live.length > 1) return `${live.length} jobs running`
  return troubled.length > 0 ? `Jobs: ${troubled.length} with failures` : 'Jobs'
}

/** What goes on in the background, from every screen. The jobs are the server's: a reload shows the same. */
export const JobTray = (): ReactElement => {
  const { data: jobs = [] } = useJobs()
  const { isOpen, dismissed, seen } = useTray()
  useJobOutcomes(jobs)
  const shown = jobs.filter((job) => isLive(job) || !dismissed.includes(job.id))
  const ended = shown.filter((job) => !isLive(job))
  const troubled = ended.filter((job) => isTroubled(job) && !seen.includes(job.id))
  const fraction = overallFraction(shown)
  useEffect(() => {
    if (isOpen) markSeen(jobs.filter((job) => !isLive(job)).map(({ id }) => id))
  }, [isOpen, jobs])
  return (
    <Popover.Root open={isOpen} onOpenChange={(open) => useTray.setState({ isOpen: open })}>
      <Popover.Trigger render={<Button look="bare" className={styles.trigger ?? ''} />}>
        <ListChecks size={16} aria-hidden="true" />
        <span data-trouble={troubled.length > 0 && fraction === null}>{buttonText(shown, troubled)}</span>
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
