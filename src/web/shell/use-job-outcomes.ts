import { useEffect, useRef } from 'react'
import { isAsked } from '../kit/jobs/asked-jobs.ts'
import { failuresOf, isLive, isNoticeWorthy, type JobDocument, jobTitle, outcomeText } from '../kit/jobs/job-words.ts'
import { showTray, useTray } from '../kit/jobs/tray-state.ts'
import { notify } from '../kit/notices.tsx'

const show = { name: 'Show', run: showTray }

const tell = (job: JobDocument): void => {
  const failed = failuresOf(job).length
  if (job.status === 'failed')
    notify({
      tone: 'problem',
      title: `${jobTitle(job)}: ${outcomeText(job)}`,
      detail: `${job.error?.detail ?? ''} ${job.error?.hint ?? ''}`,
      action: show,
    })
  else if (failed > 0)
    notify({
      tone: 'problem',
      title: `${jobTitle(job)}: ${failed} ${failed === 1 ? 'file' : 'files'} failed`,
      detail: 'The others are done. The job tray says why, and can try the failed ones again.',
      action: show,
    })
  else if (job.status === 'completed')
    notify({ tone: 'plain', title: `${jobTitle(job)}: done`, detail: outcomeText(job) })
}

/** Says how jobs ended that were under way while this page was looking, unless nobody waits for them or the tray shows it anyway. */
export const useJobOutcomes = (jobs: readonly JobDocument[]): void => {
  const live = useRef<ReadonlySet<number>>(new Set())
  useEffect(() => {
    const ended = jobs.filter((job) => live.current.has(job.id) && !isLive(job))
    if (!useTray.getState().isOpen)
      for (const job of ended) if (isNoticeWorthy(job, { isAsked: isAsked(job) })) tell(job)
    live.current = new Set(jobs.filter(isLive).map(({ id }) => id))
  }, [jobs])
}
