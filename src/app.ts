import { defaultDataDirectory } from './default-data-directory.ts'
import { type DemoActions, demoActions, madeFolder } from './demo/demo-actions.ts'
import { type AnalysisActions, analysisActions } from './engine/analysis/analysis-actions.ts'
import { keepTagPrecision } from './engine/analysis/tag-precision.ts'
import { type CollectionActions, collectionActions } from './engine/collection/collection-actions.ts'
import { forgetLostTracks } from './engine/collection/forget-tracks.ts'
import { createLibraryWatch } from './engine/collection/library-watch.ts'
import { sweepCacheAtStart } from './engine/collection/sweep-cache.ts'
import { type ExchangeActions, exchangeActions } from './engine/exchange/exchange-actions.ts'
import { withWaitingCues } from './engine/exchange/waiting-cues.ts'
import { type JobActions, jobActions } from './engine/jobs/job-actions.ts'
import { JobQueue } from './engine/jobs/job-queue.ts'
import { createEars } from './engine/kit/ears.ts'
import { type EventActions, eventActions } from './engine/kit/event-actions.ts'
import { createEventLog } from './engine/kit/event-log.ts'
import { URGENT_RANK } from './engine/kit/job.ts'
import type { Workspace } from './engine/kit/workspace.ts'
import { type LabellingActions, labellingActions } from './engine/labelling/labelling-actions.ts'
import { createAnalysedReader } from './engine/reading/read-analysed.ts'
import { type ReadingActions, readingActions } from './engine/reading/reading-actions.ts'
import { rereadLibrary } from './engine/reading/reread-library.ts'
import { type SetActions, setActions } from './engine/sets/set-actions.ts'
import { type SoundActions, soundActions } from './engine/sounds/sound-actions.ts'
import { createSoundIndex } from './engine/sounds/sound-index.ts'
import { buildOn } from './engine/upkeep/build-on.ts'
import { type SessionActions, sessionActions } from './engine/upkeep/session-actions.ts'
import { type UpkeepActions, upkeepActions } from './engine/upkeep/upkeep-actions.ts'
import { type VersionActions, versionActions } from './engine/versions/version-actions.ts'
import { jobDefinitions } from './job-definitions.ts'
import type { LibraryUpdate } from './platform/store/database.ts'
import type { DiskEffects } from './platform/store/disk-effects.ts'
import { openStore, type Store } from './platform/store/store.ts'
import { libraryThreads, startComparing } from './platform/workers/thread-pools.ts'

export type AppOptions = {
  /** @default `ALGIERS_DATA_DIR`, else where the operating system keeps application data */
  readonly dataDir?: string
  readonly effects?: DiskEffects
  /** @default its own, which end with it */
  readonly threads?: typeof libraryThreads
  /** Told before each part of an update of the library begins. */
  readonly onUpdate?: (update: LibraryUpdate) => void
}

/** Everything that can be done with a library, one face for each noun. Command line, server and tests call it. */
export type App = {
  readonly dataDir: string
  readonly events: EventActions
  readonly jobs: JobActions
  readonly analysis: AnalysisActions
  readonly versions: VersionActions
  readonly collection: CollectionActions
  readonly reading: ReadingActions
  readonly labelling: LabellingActions
  readonly exchange: ExchangeActions
  readonly sounds: SoundActions
  readonly sets: SetActions
  readonly upkeep: UpkeepActions
  readonly demo: DemoActions
  readonly session: SessionActions
  readonly close: () => Promise<void>
}

/**
 * Opens a library for this process.
 * @throws DATA_DIR_UNWRITABLE, ALREADY_RUNNING, SCHEMA_TOO_NEW
 */
export const openApp = async (options: AppOptions = {}): Promise<App> => {
  const { dataDir = defaultDataDirectory(), effects, threads = libraryThreads, onUpdate } = options
  return buildOn(openStore(dataDir, effects, onUpdate), (store) => appOn(store, dataDir, threads))
}

const appOn = async (store: Store, dataDir: string, threads: typeof libraryThreads): Promise<App> => {
  const pool = threads(store.settings.all().workers)
  const comparing = startComparing()
  const events = createEventLog()
  const ears = createEars(pool, () => store.settings.all())
  const readAnalysed = withWaitingCues(createAnalysedReader())
  const workspace: Workspace = { store, pool, ears, emit: events.append, readAnalysed }
  const urgent: Workspace = { ...workspace, pool: pool.withPriority(URGENT_RANK) }
  const jobs = new JobQueue(workspace, {
    definitions: jobDefinitions,
    withPriority: (rank) => pool.withPriority(rank),
  })
  const sounds = { ...urgent, index: createSoundIndex(store, comparing) }
  await forgetLostTracks(store)
  keepTagPrecision(store)
  const closing = new AbortController()
  const sweeping = sweepCacheAtStart(store, closing)
  const watch = createLibraryWatch(workspace, jobs)
  const demo = demoActions(workspace, jobs)
  return {
    dataDir,
    events: eventActions(events),
    jobs: jobActions(jobs, ears),
    analysis: analysisActions(workspace, urgent, jobs),
    versions: versionActions(workspace, jobs, (version) => rereadLibrary(jobs, version)),
    collection: collectionActions(workspace, { urgent, jobs, watch, made: madeFolder(workspace, demo) }),
    reading: readingActions(workspace, jobs),
    labelling: labellingActions(workspace, jobs),
    exchange: exchangeActions(workspace, urgent, jobs),
    sounds: soundActions(sounds, events),
    sets: setActions(workspace, sounds, jobs),
    upkeep: upkeepActions(workspace, jobs, sweeping),
    demo,
    session: sessionActions(events, jobs),
    close: async () => {
      closing.abort()
      await sweeping
      await watch.close()
      await jobs.close()
      await store.backups.settled()
      await Promise.all([pool.close(), comparing.close()])
      store.close()
    },
  }
}
