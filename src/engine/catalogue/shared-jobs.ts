import { UserError } from '../../core/support/user-error.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { cancelJob, type JobRow, readJob, readJobs } from '../../platform/catalogue/job-rows.ts'
import type { JobActions } from '../jobs/job-actions.ts'
import { formatJobId, isTerminal, type Job } from '../kit/job.ts'
import type { Catalogue } from './catalogue.ts'
import type { People } from './people.ts'
import { offering } from './refusing.ts'

const iso = (time: Date | null): string | null => time?.toISOString() ?? null

/** A row as every interface tells of a job. */
export const toJob = ({ teamId: _, createdAt, startedAt, completedAt, ...row }: JobRow): Job =>
  ({
    ...row,
    jobId: formatJobId(row.id),
    priority: 'normal',
    progress: (row.progress as { readonly measure: Job['progress'] }).measure,
    createdAt: iso(createdAt)!,
    startedAt: iso(startedAt),
    completedAt: iso(completedAt),
  }) as Job

const DEFAULT_LIMIT = 100

/** Jobs of the team of whoever asks: its trainings, which workers see to. */
export const sharedJobs = ({ sql, transaction }: Catalogue, people: People): JobActions => {
  const get = async (id: number): Promise<Job> => {
    const row = await readJob(sql, people.current().teamId, id)
    if (row === null) throw new UserError('JOB_NOT_FOUND', `There is no job ${formatJobId(id)}.`)
    return toJob(row)
  }
  return offering<JobActions>('jobs', {
    resume: async () => {},
    get,
    list: async ({ kind, statuses, limit = DEFAULT_LIMIT } = {}) => {
      const { teamId } = people.current()
      const jobs = (await readJobs(sql, { teamId, kind, limit })).map(toJob)
      return statuses === undefined ? jobs : jobs.filter(({ status }) => statuses.includes(status))
    },
    cancel: async (id) => {
      const { teamId } = people.requireLabeller()
      const before = await get(id)
      if (before.status === 'cancelled') return before
      if (isTerminal(before)) throw new UserError('JOB_NOT_CANCELLABLE', `${before.jobId} has ended.`)
      await transaction(async (inside) => {
        if (!(await cancelJob(inside, teamId, id))) return
        await putEvent(inside, teamId, { type: 'job', job: toJob((await readJob(inside, teamId, id))!) })
      })
      return get(id)
    },
  })
}
