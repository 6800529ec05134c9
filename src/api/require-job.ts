import type { App } from '../app.ts'
import { type Job, parseJobId } from '../jobs/job.ts'
import { UserError } from '../support/user-error.ts'

/** @throws JOB_NOT_FOUND, also for what is no id of a job */
export const requireJob = (app: App, text: string): Job => {
  const id = parseJobId(text)
  if (id === null) throw new UserError('JOB_NOT_FOUND', `${JSON.stringify(text)} is no id of a job.`)
  return app.jobs.get(id)
}
