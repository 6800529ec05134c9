import { UserError } from '../core/support/user-error.ts'
import { parseJobId } from '../engine/kit/job.ts'

/** @throws JOB_NOT_FOUND for what is no id of a job */
export const requireJobId = (text: string): number => {
  const id = parseJobId(text)
  if (id === null) throw new UserError('JOB_NOT_FOUND', `${JSON.stringify(text)} is not the id of a job.`)
  return id
}
