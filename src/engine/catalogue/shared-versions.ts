import { UserError } from '../../core/support/user-error.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { putJob, readJob, readJobs } from '../../platform/catalogue/job-rows.ts'
import { activate, holdVersions, putCard, removeVersion } from '../../platform/catalogue/model-rows.ts'
import { countMissing } from '../../platform/catalogue/track-search.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { isJobOf } from '../jobs/job-definition.ts'
import { NOTHING_DONE } from '../jobs/job-records.ts'
import { NO_EARS } from '../kit/ears.ts'
import { formatJobId } from '../kit/job.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import type { Workspace } from '../kit/workspace.ts'
import { reportActivation } from '../versions/activation-report.ts'
import { compareVersions } from '../versions/compare-versions.ts'
import { exportBundle, keepBundle } from '../versions/model-bundles.ts'
import { parseModelCard } from '../versions/model-card.ts'
import { activateModel, deleteModel, describeModel, type ModelView, showModel } from '../versions/model-operations.ts'
import { saveBundle } from '../versions/save-bundle.ts'
import type { ScopeActions } from '../versions/scope-actions.ts'
import { type TrainPayload, trainJob } from '../versions/train-job.ts'
import type { VersionActions } from '../versions/version-actions.ts'
import { type BenchContent, onBench } from './bench.ts'
import type { Catalogue } from './catalogue.ts'
import type { People } from './people.ts'
import { offering } from './refusing.ts'
import { toJob } from './shared-jobs.ts'
import type { TeamAnswers } from './team-answers.ts'
import { cardText, keepNewVersions } from './team-versions.ts'

type Change = 'imported' | 'activated' | 'described' | 'deleted'
type TrainingJob = Awaited<ReturnType<VersionActions['training']>>

/** The bench is gone once it is asked for; the name says which file of it is meant. */
const fileName = (version: number): string => `dj_section_v${version}.onnx`
const withFileName = <View extends ModelView>(view: View): View => ({ ...view, modelPath: fileName(view.version) })

/** The model versions of the team of whoever asks. Those of others are neither seen nor touched. */
export const sharedVersions = (
  catalogue: Catalogue,
  people: People,
  { pool, answers }: { readonly pool: TaskRunner; readonly answers: TeamAnswers },
): VersionActions => {
  const { sql, transaction } = catalogue
  const look = <Result>(content: BenchContent, use: (store: Store) => Promise<Result> | Result): Promise<Result> =>
    onBench(catalogue, { ...content, teamId: people.current().teamId }, use)
  const atWork = (store: Store): Workspace => ({ store, pool, ears: NO_EARS, emit: () => {} })

  /** Changes versions on a bench, and then, unless that was refused, those of the team, which nobody else changes meanwhile. */
  const change = async <Result>(
    { what, version }: { readonly what: Change; readonly version: number | ((result: Result) => number) },
    use: (store: Store) => Promise<Result> | Result,
    keep: (sql: Sql, teamId: number, made: { readonly store: Store; readonly result: Result }) => Promise<unknown>,
  ): Promise<Result> => {
    const { teamId } = people.requireLabeller()
    return transaction(async (inside) => {
      await holdVersions(inside, teamId)
      return onBench({ ...catalogue, sql: inside }, { teamId }, async (store) => {
        const result = await use(store)
        await keep(inside, teamId, { store, result })
        const named = typeof version === 'number' ? version : version(result)
        await putEvent(inside, teamId, { type: 'models', change: what, version: named })
        return result
      })
    })
  }

  const requireTraining = async (id: number): Promise<TrainingJob> => {
    const row = await readJob(sql, people.current().teamId, id)
    const job = row && toJob(row)
    if (job === null || !isJobOf(trainJob, job))
      throw new UserError('JOB_NOT_FOUND', `There is no job ${formatJobId(id)}.`)
    return job
  }

  const startTraining = async (payload: TrainPayload): Promise<TrainingJob> => {
    const { teamId } = people.requireLabeller()
    if ((payload.scopes ?? []).length > 0 || payload.general === false)
      throw new UserError('NOT_IN_A_CATALOGUE', 'A catalogue cannot do this: versions for a part of the tracks.')
    const training = await onBench(catalogue, { teamId, labels: true }, (store) =>
      trainJob.prepare!(atWork(store), payload),
    )
    return transaction(async (inside) => {
      const progress = { measure: { ...NOTHING_DONE, training }, losses: [] }
      const row = await putJob(inside, { teamId, kind: trainJob.kind, payload, progress })
      if (row === null) {
        const [live] = await readJobs(inside, { teamId, kind: trainJob.kind, limit: 1 })
        throw trainJob.refuseSecond!(toJob(live!))
      }
      const job = toJob(row) as TrainingJob
      await putEvent(inside, teamId, { type: 'job', job })
      return job
    })
  }

  return offering<VersionActions>('versions', {
    scopes: offering<ScopeActions>('versions.scopes', { list: async () => [] }),
    list: async (options) => (await answers.list(people.current().teamId, options)).map(withFileName),
    show: async (version) => {
      const shown = await answers.show(people.current().teamId, version)
      const learnt = shown.origin === 'trained' ? (shown.card?.lineage.tracks ?? []) : []
      const tracksGone = await countMissing(
        sql,
        learnt.map(({ audioDigest }) => audioDigest),
      )
      return { ...withFileName(shown), tracksGone }
    },
    judge: async () => answers.judge(people.current().teamId),
    preview: (version) => look({ labels: true, features: true }, (store) => reportActivation(atWork(store), version)),
    compare: (one, other) =>
      look({ labels: true, features: true }, (store) => compareVersions(atWork(store), one, other)),
    readActive: async () => answers.model(people.current().teamId, null),
    pathOf: async (version) => fileName(version),
    describe: async (version, words) =>
      withFileName(
        await change(
          { what: 'described', version },
          (store) => describeModel(store, version, words),
          (inside, teamId, { store }) => putCard(inside, teamId, version, cardText(store.models.read(version).card)),
        ),
      ),
    delete: (version) =>
      change(
        { what: 'deleted', version },
        (store) => deleteModel(store, version),
        (inside, teamId) => removeVersion(inside, teamId, version),
      ),
    activate: (version) =>
      change(
        { what: 'activated', version },
        (store) => {
          const { scope } = showModel(store, version)
          if (scope !== null)
            throw new UserError('NOT_IN_A_CATALOGUE', `v${version} was trained for ${scope.name}, a part of a library.`)
          return activateModel(store, version)
        },
        (inside, teamId) => activate(inside, teamId, version),
      ),
    exportBundle: (version) => look({}, (store) => exportBundle(store, version)),
    saveBundle: (version, target) => look({}, (store) => saveBundle(exportBundle(store, version), target)),
    importBundle: async (bytes) => {
      const opened = await pool.run('openBundle', { bytes, modelSpec: currentModelSpecDigest() })
      let version = 0
      const made = await change(
        { what: 'imported', version: () => version },
        (store) => keepBundle(store, opened),
        async (inside, teamId, { store, result }) => {
          const numbers = await keepNewVersions(inside, teamId, [store.models.read(result.version)])
          version = numbers.get(result.version)!
        },
      )
      return withFileName({ ...made, id: version, version })
    },
    startTraining,
    listTrainings: async (limit) =>
      (await readJobs(sql, { teamId: people.current().teamId, kind: trainJob.kind, limit }))
        .map(toJob)
        .filter((job): job is TrainingJob => isJobOf(trainJob, job)),
    training: requireTraining,
    losses: async (id) => {
      const { result } = await requireTraining(id)
      if (result === null) {
        const { progress } = (await readJob(sql, people.current().teamId, id))!
        return (progress as { readonly losses: Awaited<ReturnType<VersionActions['losses']>> }).losses
      }
      return look({}, (store) =>
        store.models.exists(result.version) ? parseModelCard(store.models.summary(result.version)).losses : [],
      )
    },
  })
}
