import { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Job } from '../../engine/jobs/job.ts'
import {
  analysisRequest,
  classificationRequest,
  job,
  jobParams,
  jobQuery,
  scanRequest,
  started,
} from '../contract/jobs.ts'
import { requireJob } from '../require-job.ts'
import type { ApiServer } from '../server.ts'

type JobView = z.infer<typeof job>

const jobView = (value: Job): JobView => snakeCase(value) as JobView

export const jobRoutes = (server: ApiServer, app: App): void => {
  server.get(
    '/api/jobs',
    { schema: { tags: ['jobs'], querystring: jobQuery, response: { 200: z.array(job) } } },
    ({ query: { kind, limit } }) => app.jobs.list({ limit, ...(kind ? { kind } : {}) }).map(jobView),
  )
  server.get(
    '/api/jobs/:job_id',
    { schema: { tags: ['jobs'], params: jobParams, response: { 200: job } } },
    ({ params }) => jobView(requireJob(app, params.job_id)),
  )
  server.post(
    '/api/jobs/:job_id/cancel',
    { schema: { tags: ['jobs'], params: jobParams, response: { 200: job } } },
    async ({ params }) => jobView(await app.jobs.cancel(requireJob(app, params.job_id).id)),
  )
  server.post(
    '/api/jobs/:job_id/retry',
    { schema: { tags: ['jobs'], params: jobParams, response: { 202: job } } },
    ({ params }, reply) => {
      reply.code(202)
      return jobView(app.jobs.retryFailed(requireJob(app, params.job_id).id))
    },
  )
  server.post(
    '/api/scan',
    { schema: { tags: ['jobs'], body: scanRequest.nullish(), response: { 202: started } } },
    ({ body }, reply) => {
      const { analyse, new_grids: newGrids } = body ?? { analyse: true, new_grids: false }
      reply.code(202)
      return { job_id: app.jobs.start('scan', { analyse, newGrids }).jobId, message: 'scan started' }
    },
  )
  server.post(
    '/api/analyze',
    { schema: { tags: ['jobs'], body: analysisRequest.nullish(), response: { 202: started } } },
    ({ body }, reply) => {
      const payload = { trackIds: body?.track_ids ?? null, newGrids: body?.new_grids ?? false }
      const priority = payload.trackIds === null ? 'normal' : 'urgent'
      reply.code(202)
      return { job_id: app.jobs.start('analyse', payload, { priority }).jobId, message: 'analysis started' }
    },
  )
  server.post(
    '/api/classify',
    { schema: { tags: ['jobs'], body: classificationRequest.nullish(), response: { 202: started } } },
    ({ body }, reply) => {
      const version = body?.version ?? app.models.list().find((model) => model.is_active)?.version
      if (version === undefined) throw new UserError('MODEL_NOT_FOUND', 'No model version is active.')
      app.models.show(version)
      reply.code(202)
      const { jobId } = app.jobs.start('classify', { version, trackIds: body?.track_ids ?? null })
      return { job_id: jobId, message: 'classification started' }
    },
  )
}
