import { jobOperations } from '../operations/jobs.ts'
import { requireJobId } from '../require-job-id.ts'
import { routesOf } from '../routes-of.ts'
import { jobView } from '../views/job-view.ts'

export const jobRoutes = routesOf(jobOperations)(({ jobs }) => ({
  listJobs: async ({ query: { kind, limit } }) => (await jobs.list({ limit, ...(kind ? { kind } : {}) })).map(jobView),
  job: async ({ params }) => jobView(await jobs.get(requireJobId(params.job_id))),
  cancelJob: async ({ params }) => jobView(await jobs.cancel(requireJobId(params.job_id))),
  retryJob: async ({ params }) => jobView(await jobs.retryFailed(requireJobId(params.job_id))),
}))
