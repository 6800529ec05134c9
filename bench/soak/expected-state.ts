import { readdirSync } from 'node:fs'
import { decodeOnnx } from '../../src/core/models/onnx-decode.ts'
import { JobQueue } from '../../src/engine/jobs/job-queue.ts'
import { NO_EARS } from '../../src/engine/kit/ears.ts'
import { LIVE_STATUSES } from '../../src/engine/kit/job.ts'
import { parseModelCard } from '../../src/engine/versions/model-card.ts'
import { jobDefinitions } from '../../src/job-definitions.ts'
import { openStore, type Store } from '../../src/platform/store/store.ts'
import { WorkerPool } from '../../src/platform/workers/worker-pool.ts'
import type { Attempt, LabelSet, Line } from './trial-protocol.ts'

/** What the child has answered for, and what it was at when it ended. */
export type Expected = {
  readonly labels: Map<number, string>
  readonly versions: Set<number>
  readonly deleted: Set<number>
  active: number | null
  /** Trainings that were accepted but not begun: the next process runs them. */
  readonly waitingTrainings: number
  attempt: Attempt | null
}

const textOf = (set: LabelSet): string =>
  set.map(({ kind, startBeat, endBeat }) => `${kind} ${startBeat}–${endBeat}`).join(', ')
const keptText = (store: Store, track: number): string => textOf(store.labels.list({ trackId: track }))

/** What lies there now, taken as answered for. */
export const readState = (store: Store): Expected => ({
  labels: new Map(store.tracks.list().map(({ id }) => [id, keptText(store, id)])),
  versions: new Set(store.models.versions()),
  deleted: new Set(),
  active: store.models.activeVersion(),
  waitingTrainings: store.jobs.list({ kind: 'train', statuses: ['pending'] }).length,
  attempt: null,
})

export const follow = (expected: Expected, line: Line): void => {
  if (line.say === 'try') expected.attempt = line.attempt
  if (line.say !== 'done') return
  const { attempt, version } = line
  expected.attempt = null
  if (attempt.op === 'labels') expected.labels.set(attempt.track, textOf(attempt.set))
  if (attempt.op === 'activate') expected.active = attempt.version
  if (attempt.op === 'delete') {
    expected.versions.delete(attempt.version)
    expected.deleted.add(attempt.version)
  }
  if (version !== null) expected.versions.add(version)
}

const labelProblems = (store: Store, { labels, attempt }: Expected): readonly string[] =>
  [...labels].flatMap(([track, before]) => {
    const kept = keptText(store, track)
    const allowed = attempt?.op === 'labels' && attempt.track === track ? [before, textOf(attempt.set)] : [before]
    return allowed.includes(kept) ? [] : [`track ${track} has ${kept || 'no labels'}, not ${allowed.join(' or ')}`]
  })

const modelProblems = (store: Store, expected: Expected): readonly string[] => {
  const { versions, deleted, active, waitingTrainings, attempt } = expected
  const kept = store.models.versions()
  const isGoing = (version: number): boolean => attempt?.op === 'delete' && attempt.version === version
  const mayCome = waitingTrainings + (attempt?.op === 'import' || attempt?.op === 'train' ? 1 : 0)
  const come = kept.filter((version) => !versions.has(version) && !isGoing(version))
  const now = store.models.activeVersion()
  const mayBeActive = attempt?.op === 'activate' ? [active, attempt.version] : [active]
  const names = new Set(kept.flatMap((version) => [`dj_section_v${version}.onnx`, `dj_section_v${version}.json`]))
  return [
    ...[...versions]
      .filter((version) => !kept.includes(version) && !isGoing(version))
      .map((lost) => `v${lost} is lost`),
    ...(come.length > mayCome ? [`${come.map((version) => `v${version}`).join(', ')} came from nowhere`] : []),
    ...kept.filter((version) => deleted.has(version)).map((version) => `v${version} was deleted and is there`),
    ...kept.flatMap((version) => half(store, version)),
    ...(mayBeActive.includes(now) ? [] : [`v${now} is active, not ${mayBeActive.join(' or ')}`]),
    ...readdirSync(store.models.folder)
      .filter((name) => !names.has(name))
      .map((name) => `${name} was left behind`),
  ]
}

const half = (store: Store, version: number): readonly string[] => {
  try {
    decodeOnnx(store.models.read(version).onnx)
    parseModelCard(store.models.summary(version))
    return []
  } catch (error) {
    return [`v${version} is half: ${(error as Error).message}`]
  }
}

const jobProblems = (store: Store): readonly string[] => {
  const queue = new JobQueue(
    { store, pool: new WorkerPool({ size: 1 }), ears: NO_EARS, emit: () => {} },
    { definitions: jobDefinitions },
  )
  return queue
    .list({ statuses: LIVE_STATUSES })
    .filter(({ status }) => status !== 'pending')
    .map(({ jobId, kind, status }) => `${jobId} (${kind}) is ${status} for ever`)
}

/** Opens the data directory as the next start would, and says what is not as it was answered for. */
export const findProblems = async (
  dataDir: string,
  expected: Expected,
): Promise<{ readonly problems: readonly string[]; readonly state: Expected }> => {
  const store = openStore(dataDir)
  try {
    const problems = [
      ...labelProblems(store, expected),
      ...modelProblems(store, expected),
      ...jobProblems(store),
      ...((await store.checkIntegrity()) === null ? [] : ['the database is damaged']),
    ]
    return { problems, state: readState(store) }
  } finally {
    store.close()
  }
}
