import type { z } from 'zod'
import type { App } from '../../app.ts'
import { errorText } from '../../core/support/user-error.ts'
import { type trainingJob, trainingOperations } from '../operations/training.ts'
import { requireJobId } from '../require-job-id.ts'
import { routesOf } from '../routes-of.ts'

type Training = Awaited<ReturnType<App['versions']['training']>>

const trainingDocument = async ({ versions }: App, job: Training): Promise<z.output<typeof trainingJob>> => {
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
    model_path: result && (await versions.pathOf(result.version)),
    model_version: result?.version ?? null,
    scopes: (result?.scoped ?? []).map(({ scopeId, name, version, isProven, text }) => ({
      scope_id: scopeId,
      name,
      version,
      is_proven: isProven,
      text,
    })),
    error_message: error && errorText(error),
    error_hint: error?.hint ?? null,
    error_code: error?.code ?? null,
    label_counts: measure?.labelCounts ?? {},
    started_at: job.startedAt,
    completed_at: job.completedAt,
    created_at: job.createdAt,
  }
}

export const trainingRoutes = routesOf(trainingOperations)((app) => ({
  train: async ({ body }) => {
    const {
      exclude = [],
      seed,
      epochs,
      learning_curve: learningCurve = false,
      scopes = [],
      general = true,
    } = body ?? {}
    const { jobId } = await app.versions.startTraining({
      exclude,
      seed: seed ?? null,
      epochs: epochs ?? null,
      learningCurve,
      scopes,
      general,
    })
    return { job_id: jobId, message: 'training job started' }
  },
  listTrainings: async ({ query }) =>
    Promise.all((await app.versions.listTrainings(query.limit)).map((job) => trainingDocument(app, job))),
  training: async ({ params }) => {
    const job = await app.versions.training(requireJobId(params.job_id))
    return { ...(await trainingDocument(app, job)), losses: [...(await app.versions.losses(job.id))] }
  },
  cancelTraining: async ({ params }) => {
    const { id } = await app.versions.training(requireJobId(params.job_id))
    await app.jobs.cancel(id)
    return trainingDocument(app, await app.versions.training(id))
  },
}))
