import { z } from 'zod'
import type { App } from '../../app.ts'
import { jobParams, limitQuery, started, trainingDetails, trainingJob, trainingRequest } from '../contract/jobs.ts'
import { requireJobId } from '../require-job-id.ts'
import type { ApiServer } from '../server.ts'

type TrainingJob = z.infer<typeof trainingJob>
type Training = Awaited<ReturnType<App['versions']['training']>>

const viewOf = async (app: App, job: Training): Promise<TrainingJob> => {
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
    model_path: result && (await app.versions.pathOf(result.version)),
    model_version: result?.version ?? null,
    error_message: error?.detail ?? null,
    error_code: error?.code ?? null,
    label_counts: measure?.labelCounts ?? {},
    started_at: job.startedAt,
    completed_at: job.completedAt,
    created_at: job.createdAt,
  }
}

export const trainingRoutes = (server: ApiServer, app: App): void => {
  server.post(
    '/api/training/start',
    { schema: { tags: ['training'], body: trainingRequest.nullish(), response: { 202: started } } },
    async (request, reply) => {
      const { exclude = [], seed = null, epochs = null, learning_curve: learningCurve = false } = request.body ?? {}
      const { jobId } = await app.versions.startTraining({
        exclude,
        seed: seed ?? null,
        epochs: epochs ?? null,
        learningCurve,
      })
      reply.code(202)
      return { job_id: jobId, message: 'training job started' }
    },
  )
  server.get(
    '/api/training/jobs',
    { schema: { tags: ['training'], querystring: limitQuery, response: { 200: z.array(trainingJob) } } },
    async ({ query }) => Promise.all((await app.versions.listTrainings(query.limit)).map((job) => viewOf(app, job))),
  )
  server.get(
    '/api/training/jobs/:job_id',
    { schema: { tags: ['training'], params: jobParams, response: { 200: trainingDetails } } },
    async ({ params }) => {
      const job = await app.versions.training(requireJobId(params.job_id))
      return { ...(await viewOf(app, job)), losses: [...(await app.versions.losses(job.id))] }
    },
  )
  server.post(
    '/api/training/jobs/:job_id/cancel',
    { schema: { tags: ['training'], params: jobParams, response: { 200: trainingJob } } },
    async ({ params }) => {
      const { id } = await app.versions.training(requireJobId(params.job_id))
      await app.jobs.cancel(id)
      return viewOf(app, await app.versions.training(id))
    },
  )
}
