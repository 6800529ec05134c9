import { availableParallelism } from 'node:os'
import type { GridEdit } from './core/beats/grid-edit.ts'
import type { GridVersion } from './core/beats/grid-version.ts'
import type { Span } from './core/labels/span.ts'
import type { TrackLocation } from './core/library/track.ts'
import type { SectionModel } from './core/models/section-model.ts'
import type { SectionExplanation } from './core/sections/explain-section.ts'
import type { Repeat } from './core/sections/find-repeats.ts'
import type { LossPoint } from './core/training/loss-curve.ts'
import { findDemoRoot, removeDemo } from './demo/make-demo.ts'
import { editGrid, type GridEditOptions } from './engine/analysis/edit-grid.ts'
import { libraryTags, type PlacedTag, placedTags, trackTags } from './engine/analysis/hearing.ts'
import { readWaveform, type Waveform } from './engine/analysis/waveform.ts'
import { addRoot, removeRoot } from './engine/collection/library-roots.ts'
import { type FolderListing, listFolders } from './engine/collection/list-folders.ts'
import { type LibraryScan, type LibraryScanOptions, scanLibrary } from './engine/collection/scan-library.ts'
import {
  searchTracks,
  type TrackDetails,
  type TrackOverview,
  type TrackPage,
  type TrackSearch,
  trackDetails,
  trackOverviews,
} from './engine/collection/track-overview.ts'
import {
  type Job,
  type JobKind,
  type JobOf,
  type JobPayloads,
  type JobPriority,
  LIVE_STATUSES,
} from './engine/jobs/job.ts'
import { type JobFilterOptions, JobQueue, URGENT_PRIORITY } from './engine/jobs/job-queue.ts'
import { createEars } from './engine/kit/ears.ts'
import { createEventLog, type EventLog } from './engine/kit/event-log.ts'
import { audioOf } from './engine/kit/track-audio.ts'
import { requireTrack } from './engine/kit/track-reference.ts'
import type { Workspace } from './engine/kit/workspace.ts'
import { type LabelActions, labelActions } from './engine/labelling/label-actions.ts'
import { type SuggestionActions, suggestionActions } from './engine/labelling/suggestion-actions.ts'
import type { Classification } from './engine/reading/classify-track.ts'
import { classify } from './engine/reading/classify-track.ts'
import {
  compareLibrary,
  type LibraryComparison,
  type LibraryComparisonOptions,
} from './engine/reading/compare-library.ts'
import { explainSpan, repeatsOf } from './engine/reading/explain-span.ts'
import {
  type ReadSectionsOptions,
  readSections,
  storedSections,
  type TrackSections,
} from './engine/reading/track-sections.ts'
import { type SoundActions, soundActions } from './engine/sounds/sound-actions.ts'
import { type BackupActions, backupActions, requireIdle } from './engine/upkeep/backup-actions.ts'
import { type Check, examine } from './engine/upkeep/doctor.ts'
import { type Health, healthOf } from './engine/upkeep/health.ts'
import { BASE_MODEL_VERSION, proposingVersion } from './engine/versions/base-model.ts'
import { type ExportedBundle, exportBundle, importBundle } from './engine/versions/model-bundles.ts'
import {
  activateModel,
  compareModels,
  deleteModel,
  listModels,
  type ModelComparison,
  type ModelDetails,
  type ModelView,
  showModel,
} from './engine/versions/model-operations.ts'
import { readActiveModel, readModelVersion } from './engine/versions/section-model-file.ts'
import { type TrainingOutcome, type TrainOptions, trainModel } from './engine/versions/train-model.ts'
import { trainingLosses } from './engine/versions/training-losses.ts'
import { defaultDataDirectory } from './platform/store/data-directory.ts'
import type { DiskEffects } from './platform/store/disk-effects.ts'
import type { TagCount, TrackTag } from './platform/store/hearing-store.ts'
import type { Root } from './platform/store/root-store.ts'
import type { Settings } from './platform/store/settings-store.ts'
import { clearCache, newestBackup, type StorageSizes, storageSizes } from './platform/store/storage-sizes.ts'
import { openStore, type Store } from './platform/store/store.ts'
import { WorkerPool } from './platform/workers/worker-pool.ts'

export type AppOptions = {
  /** @default `ALGIERS_DATA_DIR`, else where the operating system keeps application data */
  readonly dataDir?: string
  readonly effects?: DiskEffects
}

/** Everything that can be done with a library. The command line and the server are two ways to call it. */
export type App = {
  readonly dataDir: string
  readonly library: {
    /** @throws ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER */
    readonly add: (folder: string) => Promise<Root>
    readonly list: () => readonly Root[]
    /** @param reference id or path */
    readonly remove: (reference: string) => Root
    readonly scan: (options?: LibraryScanOptions) => Promise<LibraryScan>
    /** Sub-folders of a folder of this machine, to choose one from. @throws ROOT_NOT_FOUND, ROOT_NOT_A_FOLDER */
    readonly folders: (path?: string) => Promise<FolderListing>
  }
  readonly demo: {
    /** Null where there is none. */
    readonly root: () => Root | null
    /** @throws ROOT_NOT_FOUND */
    readonly remove: () => Promise<void>
  }
  readonly tracks: {
    readonly list: () => readonly TrackOverview[]
    /** A page of the tracks that fit, and how many there are in all. */
    readonly search: (search?: TrackSearch) => TrackPage
    /** @param track id, digest of the audio, path or part of the name @throws TRACK_NOT_FOUND */
    readonly get: (track: string) => TrackDetails
    /** Where to read its sound from. @throws TRACK_NOT_FOUND, ROOT_OFFLINE, AUDIO_NOT_FOUND */
    readonly audio: (track: string) => TrackLocation
  }
  readonly tags: {
    /** Those heard in the library, the commonest first. */
    readonly list: () => readonly TagCount[]
    /** Those heard in a track, the longest first; null where no network has heard it. */
    readonly ofTrack: (track: string) => readonly TrackTag[] | null
    /** And where. @throws ANALYSIS_REQUIRED */
    readonly placed: (track: string) => Promise<readonly PlacedTag[]>
  }
  readonly sounds: Omit<SoundActions, 'close'>
  readonly labels: LabelActions
  readonly suggestions: SuggestionActions
  /** What a waveform display draws; made now where it is not there. */
  readonly waveform: (track: string) => Promise<Waveform>
  readonly sections: {
    /** Those that are kept and still hold, else null; of the active version where none is named. */
    readonly stored: (track: string, version?: number) => TrackSections | null
    /** Those that are kept, else made now. */
    readonly read: (track: string, options?: ReadSectionsOptions) => Promise<TrackSections>
    /** Why a version, the proposing one where none is named, calls a part of a track what it calls it. */
    readonly explain: (
      track: string,
      span: Span & { readonly version?: number | undefined },
    ) => Promise<SectionExplanation & { readonly version: number }>
    /** Where else in the track a part of it is heard again, best first. */
    readonly repeats: (track: string, span: Span) => Promise<readonly Repeat[]>
  }
  readonly jobs: {
    readonly start: <Kind extends JobKind>(
      kind: Kind,
      payload: JobPayloads[Kind],
      options?: { readonly priority?: JobPriority },
    ) => JobOf<Kind>
    readonly get: (id: number) => Job
    readonly list: (filter?: JobFilterOptions) => readonly Job[]
    /** Of a training, round by round: so far, or as its model's card keeps them; none of one that ended without a model. */
    readonly losses: (id: number) => readonly LossPoint[]
    readonly cancel: (id: number) => Promise<Job>
    readonly retryFailed: (id: number) => Job
    /** Begins to run what waits, also from earlier; before that, jobs are only put in the queue. */
    readonly resume: () => void
  }
  readonly events: Omit<EventLog, 'append'>
  readonly grids: {
    /** @throws TRACK_NOT_FOUND, ANALYSIS_REQUIRED, GRID_EDIT_INVALID, GRID_CHANGED */
    readonly edit: (track: string, edit: GridEdit, options?: GridEditOptions) => Promise<GridVersion>
  }
  /** Trains on all labels and publishes a new version; it is not activated. */
  readonly train: (options?: TrainOptions) => Promise<TrainingOutcome>
  readonly models: {
    readonly list: () => readonly ModelView[]
    readonly show: (version: number) => ModelDetails
    readonly compare: (one: number, other: number) => ModelComparison
    /** What changes in the library from one to the other, where both have read it. */
    readonly compareLibrary: (
      one: number,
      other: number,
      options?: LibraryComparisonOptions,
    ) => Promise<LibraryComparison>
    readonly readActive: () => SectionModel
    /** Where the file of a version lies or would lie. */
    readonly pathOf: (version: number) => string
    readonly delete: (version: number) => void
    /** Reads the library again with it, as a job, unless `auto_classify` is off. @returns the version that was active before */
    readonly activate: (version: number) => number | null
    /** A version as one file to give away. */
    readonly exportBundle: (version: number) => ExportedBundle
    /** @throws BUNDLE_TOO_LARGE, BUNDLE_INVALID, BUNDLE_CHECKSUM_MISMATCH, INCOMPATIBLE_MODEL */
    readonly importBundle: (bytes: Uint8Array) => ModelDetails
  }
  readonly classify: (
    reference: string,
    options?: { readonly version?: number; readonly signal?: AbortSignal },
  ) => Promise<{ readonly version: number; readonly classification: Classification }>
  readonly settings: {
    readonly all: () => Settings
    /** @returns all settings; null for an unknown key; what is wrong with the value, if it is not allowed */
    readonly set: (key: string, value: unknown) => Settings | null | string
  }
  /** How it goes, in a millisecond. */
  readonly health: () => Health
  readonly doctor: () => Promise<readonly Check[]>
  readonly storage: {
    readonly sizes: () => Promise<StorageSizes>
    /** Waveforms and features are made again where they are needed. @throws LIBRARY_BUSY while a job may be using them */
    readonly clearCache: () => Promise<void>
    /** The newest of the daily copies of the database. */
    readonly newestBackup: () => string | null
  }
  /** Copies the database into `backups`, once a day. @returns the copy; null where there is one of today */
  readonly backUp: () => Promise<string | null>
  readonly backups: BackupActions
  /** Asks whoever opened the library to close it and open it anew. */
  readonly renew: () => void
  /** Aborted when that was asked for. */
  readonly renewal: AbortSignal
  readonly close: () => Promise<void>
}

const libraryOf = (workspace: Workspace): App['library'] => ({
  add: async (folder) => {
    const root = await addRoot(workspace.store, folder)
    workspace.emit({ type: 'roots' })
    return root
  },
  list: () => workspace.store.roots.list(),
  remove: (reference) => {
    const root = removeRoot(workspace.store, reference)
    workspace.emit({ type: 'roots' })
    return root
  },
  scan: (options) => scanLibrary(workspace, options),
  folders: (path) => listFolders(path),
})

const tracksOf = (store: Store): App['tracks'] => ({
  list: () => trackOverviews(store),
  search: (search) => searchTracks(store, search),
  get: (track) => trackDetails(store, requireTrack(store, track)),
  audio: (track) => audioOf(requireTrack(store, track)),
})

const sectionsOf = (workspace: Workspace): App['sections'] => ({
  stored: (reference, version) => {
    const track = requireTrack(workspace.store, reference)
    const wanted = version ?? workspace.store.models.activeVersion()
    return wanted === null ? null : storedSections(workspace.store, track, wanted)
  },
  read: (reference, options) => readSections(workspace, requireTrack(workspace.store, reference), options),
  explain: (reference, span) => explainSpan(workspace, requireTrack(workspace.store, reference), span),
  repeats: (reference, span) => repeatsOf(workspace, requireTrack(workspace.store, reference), span),
})

/** What another version still had to read is not wanted any more. */
const rereadLibrary = (jobs: JobQueue, version: number): void => {
  for (const { id } of jobs.list({ kind: 'classify', statuses: LIVE_STATUSES })) void jobs.cancel(id)
  jobs.follow({ kind: 'classify', payload: { version, trackIds: null } })
}

const modelsOf = (workspace: Workspace, jobs: JobQueue): App['models'] => {
  const { store, emit } = workspace
  return {
    list: () => listModels(store),
    show: (version) => showModel(store, version),
    compare: (one, other) => compareModels(store, one, other),
    compareLibrary: (one, other, options) => compareLibrary(store, [one, other], options),
    readActive: () => readActiveModel(store).model,
    pathOf: (version) => store.models.pathOf(version),
    delete: (version) => {
      deleteModel(store, version)
      emit({ type: 'models', change: 'deleted', version })
    },
    activate: (version) => {
      const previous = activateModel(store, version)
      emit({ type: 'models', change: 'activated', version })
      if (store.settings.all().auto_classify) rereadLibrary(jobs, version)
      return previous
    },
    exportBundle: (version) => exportBundle(store, version),
    importBundle: (bytes) => {
      const model = importBundle(store, bytes)
      emit({ type: 'models', change: 'imported', version: model.version })
      return model
    },
  }
}

const storageOf = ({ store: { directory } }: Workspace, jobs: JobQueue): App['storage'] => ({
  sizes: () => storageSizes(directory),
  clearCache: async () => {
    requireIdle(jobs)
    await clearCache(directory)
  },
  newestBackup: () => newestBackup(directory),
})

/** Beside a training, which keeps one busy for minutes, there must be one for what the user looks at. */
const LEAST_THREADS = 2

/**
 * Opens a library for this process.
 * @throws DATA_DIR_UNWRITABLE, ALREADY_RUNNING, SCHEMA_TOO_NEW
 */
export const openApp = async ({ dataDir = defaultDataDirectory(), effects }: AppOptions = {}): Promise<App> => {
  const store = openStore(dataDir, effects)
  const { workers } = store.settings.all()
  const size = workers || Math.max(LEAST_THREADS, availableParallelism())
  const pool = new WorkerPool({ size, lowPriority: true })
  const { append, ...events } = createEventLog()
  const renewal = new AbortController()
  const ears = createEars(pool, () => store.settings.all())
  const workspace: Workspace = { store, pool, ears, emit: append }
  const { close: closeSounds, ...sounds } = soundActions({ ...workspace, pool })
  const jobs = new JobQueue(workspace, (priority) => pool.withPriority(priority))
  return {
    dataDir,
    events,
    jobs: {
      start: (kind, payload, options) => jobs.start(kind, payload, options),
      get: (id) => jobs.get(id),
      list: (filter) => jobs.list(filter),
      losses: (id) => trainingLosses(store, jobs, id),
      cancel: (id) => jobs.cancel(id),
      retryFailed: (id) => jobs.retryFailed(id),
      resume: () => {
        jobs.resume()
        // So that it is known where the network runs before anyone asks.
        void ears.ready()
      },
    },
    library: libraryOf(workspace),
    demo: {
      root: () => findDemoRoot(workspace),
      remove: async () => {
        // What is still being made would come back.
        await Promise.all(jobs.list({ kind: 'demo', statuses: LIVE_STATUSES }).map(({ id }) => jobs.cancel(id)))
        await removeDemo(workspace)
      },
    },
    tracks: tracksOf(store),
    tags: {
      list: () => libraryTags(store),
      ofTrack: (track) => trackTags(store, requireTrack(store, track)),
      placed: (track) => placedTags(workspace, requireTrack(store, track)),
    },
    sounds,
    labels: labelActions(workspace),
    suggestions: suggestionActions(workspace),
    waveform: (track) =>
      readWaveform({ ...workspace, pool: pool.withPriority(URGENT_PRIORITY) }, requireTrack(store, track)),
    sections: sectionsOf(workspace),
    grids: {
      edit: async (track, edit, options) => {
        const grid = await editGrid(store, requireTrack(store, track), { ...edit, ...options })
        append({ type: 'grid', trackId: grid.trackId, version: grid.version })
        jobs.follow({ kind: 'analyse', payload: { trackIds: [grid.trackId], newGrids: false } }, 'urgent')
        return grid
      },
    },
    train: (options) => trainModel(workspace, options),
    models: modelsOf(workspace, jobs),
    classify: async (reference, { version: wanted, signal } = {}) => {
      const { version, model } =
        wanted === undefined ? readActiveModel(store) : { version: wanted, model: readModelVersion(store, wanted) }
      const cancellation = signal ? { signal } : {}
      return { version, classification: await classify(workspace, reference, { model, ...cancellation }) }
    },
    settings: {
      all: () => store.settings.all(),
      set: (key, value) => {
        const before = store.settings.all()
        const changed = store.settings.set(key, value)
        const isOn = !before.base_model && store.settings.all().base_model
        // The library has not been read with it yet, unless it was on before.
        if (isOn && proposingVersion(store) === BASE_MODEL_VERSION) rereadLibrary(jobs, BASE_MODEL_VERSION)
        return changed
      },
    },
    health: () => healthOf(workspace, jobs),
    doctor: () => examine(workspace),
    storage: storageOf(workspace, jobs),
    backUp: () => store.backups.run(),
    backups: backupActions(workspace, jobs),
    renew: () => renewal.abort(),
    renewal: renewal.signal,
    close: async () => {
      await jobs.close()
      await store.backups.settled()
      await Promise.all([pool.close(), closeSounds()])
      store.close()
    },
  }
}
