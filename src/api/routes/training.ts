import { z } from 'zod'
import type { App } from '../../app.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { JobOf } from '../../engine/jobs/job.ts'
import { jobParams, limitQuery, started, trainingDetails, trainingJob, trainingRequest } from '../contract/jobs.ts'
import { requireJob } from '../require-job.ts'
import type { ApiServer } from '../server.ts'

type TrainingJob = z.infer<typeof trainingJob>

const viewOf = (app: App, job: JobOf<'train'>): TrainingJob => {
  const { progress, result, error } = job
  const measure = progress.training
  return {
    id: job.id,
    job_id: job.jobId,
    // Of training there are finer stages than `running`.
    status: job.status === 'running' ? 'preparing' : job.status,
    progress: progress.fraction,
    current_epoch: measure?.epoch ?? null,
    total_epochs: measure?.totalEpochs ?? null,
    current_loss: measure?.loss ?? null,
    validation_loss: measure?.validationLoss ?? null,
    eta_seconds: progress.etaSeconds,
    accuracy: result?.accuracy ?? null,
    f1_score: result?.f1Score ?? null,
    model_path: result && app.models.pathOf(result.version),
    model_version: result?.version ?? null,
    error_message: error?.detail ?? null,
    error_code: error?.code ?? null,
    label_counts: measure?.labelCounts ?? {},
    started_at: job.startedAt,
    completed_at: job.completedAt,
    created_at: job.createdAt,
  }
}

const requireTraining = (app: App, jobId: string): JobOf<'train'> => {
  const job = requireJob(app, jobId)
  if (job.kind !== 'train') throw new UserError('JOB_NOT_FOUND', `${jobId} is no training.`)
  return job
}

export const trainingRoutes = (server: ApiServer, app: App): void => {
  server.post(
    '/api/training/start',
    { schema: { tags: ['training'], body: trainingRequest.nullish(), response: { 202: started } } },
    (request, reply) => {
      const { exclude = [], seed = null, epochs = null, learning_curve: learningCurve = false } = request.body ?? {}
      const { jobId } = app.jobs.start('train', { exclude, seed: seed ?? null, epochs: epochs ?? null, learningCurve })
      reply.code(202)
      return { job_id: jobId, message: 'training job started' }
    },
  )
  server.get(
    '/api/training/jobs',
    { schema: { tags: ['training'], querystring: limitQuery, response: { 200: z.array(trainingJob) } } },
    ({ query }) =>
      app.jobs
        .list({ kind: 'train', limit: query.limit })
        .flatMap((job) => (job.kind === 'train' ? [viewOf(app, job)] : [])),
  )
  server.get(
    '/api/training/jobs/:job_id',
    { schema: { tags: ['training'], params: jobParams, response: { 200: trainingDetails } } },
    ({ params }) => {
      const job = requireTraining(app, params.job_id)
      return { ...viewOf(app, job), losses: [...app.jobs.losses(job.id)] }
    },
  )
  server.post(
    '/api/training/jobs/:job_id/cancel',
    { schema: { tags: ['training'], params: jobParams, response: { 200: trainingJob } } },
    async ({ params }) => {
      const { id } = requireTraining(app, params.job_id)
      return viewOf(app, (await app.jobs.cancel(id)) as JobOf<'train'>)
    },
  )
}
