import { useEffect, useRef } from 'react'
import { isLive, type JobDocument } from '../queries/use-jobs.ts'
import { failuresOf, jobTitle, outcomeText } from './job-words.ts'
import { notify } from './notices.tsx'
import { useTray } from './tray-state.ts'

const showTray = { name: 'Show', run: () => useTray.setState({ isOpen: true }) }

const tell = (job: JobDocument): void => {
  const failed = failuresOf(job).length
  if (job.status === 'failed')
    notify({
      tone: 'problem',
      title: `${jobTitle(job)}: ${outcomeText(job)}`,
      detail: `${job.error?.detail ?? ''} ${job.error?.hint ?? ''}`,
      action: showTray,
    })
  else if (failed > 0)
    notify({
      tone: 'problem',
      title: `${jobTitle(job)}: ${failed} ${failed === 1 ? 'file' : 'files'} failed`,
      detail: 'The others are done. The job tray says why, and can try the failed ones again.',
      action: showTray,
    })
  else if (job.status === 'completed')
    notify({ tone: 'plain', title: `${jobTitle(job)}: done`, detail: outcomeText(job) })
}

/** Says how jobs ended that were under way while this page was looking, unless the tray shows it anyway. */
export const useJobOutcomes = (jobs: readonly JobDocument[]): void => {
  const live = useRef<ReadonlySet<number>>(new Set())
  useEffect(() => {
    const ended = jobs.filter((job) => live.current.has(job.id) && !isLive(job))
    if (!useTray.getState().isOpen) for (const job of ended) tell(job)
    live.current = new Set(jobs.filter(isLive).map(({ id }) => id))
  }, [jobs])
}
