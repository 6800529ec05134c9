import { jobOperations } from '../operations/jobs.ts'
import { requireJobId } from '../require-job-id.ts'
import { routesOf } from '../routes-of.ts'
import { jobDocument } from '../views/job-document.ts'

export const jobRoutes = routesOf(jobOperations)(({ jobs }) => ({
  listJobs: async ({ query: { kind, limit } }) =>
    (await jobs.list({ limit, ...(kind ? { kind } : {}) })).map(jobDocument),
  job: async ({ params }) => jobDocument(await jobs.get(requireJobId(params.job_id))),
  cancelJob: async ({ params }) => jobDocument(await jobs.cancel(requireJobId(params.job_id))),
  cancelJobs: async () => ({ cancelled: await jobs.cancelAll() }),
  retryJob: async ({ params }) => jobDocument(await jobs.retryFailed(requireJobId(params.job_id))),
}))
