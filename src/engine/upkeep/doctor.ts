import { staleReason } from '../../core/library/stale.ts'
import { errorCatalogue } from '../../core/support/error-catalogue.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { findFfmpeg } from '../../platform/decoding/find-ffmpeg.ts'
import { closedPartOf } from '../../platform/store/data-directory.ts'
import type { CacheSweep } from '../collection/sweep-cache.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import type { Workspace } from '../kit/workspace.ts'
import { BASE_MODEL_VERSION, readBaseModel } from '../versions/base-model.ts'
import { showModel } from '../versions/model-operations.ts'
import { readModelVersion } from '../versions/section-model-file.ts'
import { closedText, goneText, hearingHealth } from './health.ts'

export type Check = {
  readonly name: string
  readonly state: 'ok' | 'warning' | 'error'
  readonly detail: string
  readonly hint: string | null
}

const ok = (name: string, detail: string): Check => ({ name, state: 'ok', detail, hint: null })

const checkDatabase = async ({ store }: Workspace): Promise<Check> => {
  const fault = store.fault()
  if (fault !== null)
    return { name: 'database', state: 'error', detail: goneText(store, fault), hint: errorCatalogue.DATABASE_GONE.hint }
  const problem = await store.checkIntegrity()
  return problem === null
    ? ok('database', `${store.directory.database} is sound`)
    : { name: 'database', state: 'error', detail: problem, hint: `Restore a copy from ${store.directory.backups}.` }
}

const checkAccess = ({ store }: Workspace): readonly Check[] => {
  const closed = closedPartOf(store.directory)
  if (closed === null) return []
  const hint = errorCatalogue.ACCESS_DENIED.hint
  return [{ name: 'data directory', state: 'error', detail: closedText(closed), hint }]
}

const checkRoots = ({ store }: Workspace): readonly Check[] =>
  store.roots
    .list()
    .map(({ path, offlineSince }) =>
      offlineSince === null
        ? ok('folder', path)
        : { name: 'folder', state: 'warning', detail: `${path} is offline`, hint: 'Connect the drive and scan again.' },
    )

const checkModels = ({ store }: Workspace): readonly Check[] =>
  store.models.versions().map((version) => {
    const { active } = store.models.standing(version)
    const name = `model v${version}${active ? ' (active)' : ''}`
    try {
      showModel(store, version)
      readModelVersion(store, version)
      return ok(name, 'checksum and features fit')
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return { name, state: active ? 'error' : 'warning', detail: error.message, hint: error.hint }
    }
  })

const checkShipped = (): Check => {
  const name = `model v${BASE_MODEL_VERSION} (active)`
  try {
    readBaseModel()
    return ok(name, 'ships with Algiers, checksum and features fit')
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { name, state: 'error', detail: error.message, hint: error.hint }
  }
}

/** An active version without files is not in the list, yet everything would use it. */
const checkActiveModel = ({ store }: Workspace): readonly Check[] => {
  const active = store.models.activeVersion()
  if (active === BASE_MODEL_VERSION) return [checkShipped()]
  if (active === null || store.models.exists(active)) return []
  const detail = `The files of the active version are missing from ${store.models.folder}.`
  return [{ name: `model v${active}`, state: 'error', detail, hint: 'Activate another version, or train again.' }]
}

const counted = (count: number, words: string, one = words): readonly string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : words}`]

/** So many take a few milliseconds, after which other work gets its turn. */
const TRACKS_AT_ONCE = 250

/** Counts tracks whose analysis does not hold any more, and those whose drive is away. */
const countDue = async (
  store: Workspace['store'],
): Promise<{ readonly outdated: number; readonly offline: number }> => {
  const featureSpecDigest = currentFeatureSpecDigest()
  let [outdated, offline, last] = [0, 0, 0]
  while (true) {
    const standings = store.analyses.standingsAfter(last, TRACKS_AT_ONCE)
    if (standings.length === 0) return { outdated, offline }
    for (const { trackId, isAtHand, inputs, analysis } of standings) {
      last = trackId
      if (!isAtHand) offline++
      if (analysis === null) continue
      const state = { ...analysis, cached: store.features.has(analysis) }
      if (staleReason({ ...inputs, featureSpecDigest }, state) !== null) outdated++
    }
    await giveWay()
  }
}

const checkTracks = async ({ store }: Workspace): Promise<Check> => {
  const { outdated, offline } = await countDue(store)
  const { tracks, notAnalysed, unreadable, failed, missing, ignoredFiles } = store.presence.counts()
  const detail = [
    tracks === 1 ? '1 track' : `${tracks} tracks`,
    ...counted(notAnalysed, 'not analysed yet'),
    ...counted(outdated, 'out of date'),
    ...counted(offline, 'on a drive that is offline'),
    ...counted(unreadable, 'cannot be read'),
    ...counted(failed, 'cannot be analysed'),
    ...counted(missing, 'missing with your work'),
    ...counted(ignoredFiles, 'files ignored', 'file ignored'),
  ].join(', ')
  const isDue = notAnalysed + outdated > 0
  return {
    name: 'tracks',
    state: isDue ? 'warning' : 'ok',
    detail,
    hint: isDue ? 'Scan the folders again.' : null,
  }
}

const checkFfmpeg = (): Check => {
  const path = findFfmpeg()
  if (path !== null) return ok('ffmpeg', path)
  const hint = 'Install ffmpeg to read AAC, ALAC and WMA, and to decode everything faster.'
  return { name: 'ffmpeg', state: 'warning', detail: 'not on the PATH', hint }
}

const checkHearing = async ({ ears }: Workspace): Promise<Check> => {
  await ears.ready()
  const known = ears.state()
  const { state, network, tags, shownTags, provider, warning } = hearingHealth(known)
  const hint = known.state === 'failed' ? known.problem.hint : null
  if (state !== 'ready') return { name: 'sound tags', state: 'warning', detail: warning ?? 'not tried', hint }
  const detail = `${network}, ${tags} tags, ${shownTags} shown, runs on ${provider}`
  if (warning === null) return ok('sound tags', detail)
  return { name: 'sound tags', state: 'warning', detail: `${detail}. ${warning}`, hint }
}

/** Where the network of form cannot be asked nothing fails: sections are only found less well, so somebody has to say it. */
const checkForm = async ({ pool }: Workspace): Promise<Check> => {
  const name = 'network of form'
  try {
    return ok(name, `ships with Algiers, runs on ${await pool.run('proveForm', null)}`)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const detail = `Sections are found by the model alone: ${error.message}`
    return { name, state: 'warning', detail, hint: 'Install Algiers again.' }
  }
}

/** Files of tracks that have gone take room, and nothing else. */
const checkCache = ({ left, problem }: CacheSweep): readonly Check[] => {
  if (problem !== null) return [{ name: 'cache', state: 'warning', detail: problem.detail, hint: problem.hint }]
  if (left.length === 0) return []
  const files = left.length === 1 ? '1 file' : `${left.length} files`
  const detail = `${files} of tracks that have gone could not be deleted, such as ${left[0]}`
  return [{ name: 'cache', state: 'warning', detail, hint: 'Make the cache writable; the next start deletes them.' }]
}

/** A damaged library is a finding like any other, and keeps nobody from looking at the rest. */
const readable = async (name: string, check: () => Promise<readonly Check[]>): Promise<readonly Check[]> => {
  try {
    return await check()
  } catch (error) {
    const told = storageError(error)
    if (!(told instanceof UserError)) throw error
    return [{ name, state: 'error', detail: told.message, hint: told.hint }]
  }
}

/** Looks at everything that can be wrong from outside, changing nothing. */
export const examine = async (workspace: Workspace, sweep: CacheSweep): Promise<readonly Check[]> => [
  ok('runtime', `Node ${process.version}, ${workspace.pool.size} worker threads`),
  ...(await readable('database', async () => [await checkDatabase(workspace)])),
  ...checkAccess(workspace),
  ...checkCache(sweep),
  ...(await readable('folders', async () => checkRoots(workspace))),
  ...(await readable('tracks', async () => [await checkTracks(workspace)])),
  ...(await readable('models', async () => [...checkModels(workspace), ...checkActiveModel(workspace)])),
  checkFfmpeg(),
  await checkHearing(workspace),
  await checkForm(workspace),
]
