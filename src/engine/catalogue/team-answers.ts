import type { SectionModel } from '../../core/models/section-model.ts'
import { stampOfLabelledWork, stampOfVersions } from '../../platform/catalogue/team-stamps.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { NO_EARS } from '../kit/ears.ts'
import { judgeVersions, type VersionJudgement } from '../versions/judge-versions.ts'
import { listModels, type ModelDetails, type ModelView, showModel } from '../versions/model-operations.ts'
import { readActiveModel, readModelVersion } from '../versions/section-model-file.ts'
import { onBench } from './bench.ts'
import type { Catalogue } from './catalogue.ts'
import { keptAnswers } from './kept-answers.ts'

/** What is asked again and again of the versions of a team. */
export type TeamAnswers = {
  readonly list: (teamId: number, options?: { readonly withShipped?: boolean }) => Promise<readonly ModelView[]>
  readonly show: (teamId: number, version: number) => Promise<ModelDetails>
  readonly judge: (teamId: number) => Promise<readonly VersionJudgement[]>
  /** @param version null: the active one */
  readonly model: (teamId: number, version: number | null) => Promise<SectionModel>
}

const MOST_ANSWERS = 200
/** A model takes some megabytes. */
const MOST_MODELS = 8

/** Keeps answers for as long as nobody changes what they say: to lend a bench for each takes tenths of a second. */
export const teamAnswers = (catalogue: Catalogue, pool: TaskRunner): TeamAnswers => {
  const { sql } = catalogue
  const lists = keptAnswers<readonly ModelView[]>(MOST_ANSWERS)
  const details = keptAnswers<ModelDetails>(MOST_ANSWERS)
  const judgements = keptAnswers<readonly VersionJudgement[]>(MOST_ANSWERS)
  const models = keptAnswers<SectionModel>(MOST_MODELS)
  return {
    list: async (teamId, options) =>
      lists(`${teamId} ${options?.withShipped === true}`, await stampOfVersions(sql, teamId), () =>
        onBench(catalogue, { teamId }, (store) => listModels(store, options)),
      ),
    show: async (teamId, version) =>
      details(`${teamId} ${version}`, await stampOfVersions(sql, teamId), () =>
        onBench(catalogue, { teamId }, (store) => showModel(store, version)),
      ),
    judge: async (teamId) =>
      judgements(`${teamId}`, await stampOfLabelledWork(sql, teamId), () =>
        onBench(catalogue, { teamId, labels: true, features: true }, (store) =>
          judgeVersions({ store, pool, ears: NO_EARS, emit: () => {} }),
        ),
      ),
    model: async (teamId, version) =>
      models(`${teamId} ${version}`, await stampOfVersions(sql, teamId), () =>
        onBench(catalogue, { teamId }, (store) =>
          version === null ? readActiveModel(store).model : readModelVersion(store, version),
        ),
      ),
  }
}
