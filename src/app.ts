import { availableParallelism } from 'node:os'
import type { Classification } from './jobs/classify-track.ts'
import { classify } from './jobs/classify-track.ts'
import { type Check, examine } from './jobs/doctor.ts'
import { editGrid, type GridEdit } from './jobs/edit-grid.ts'
import { type ExportOptions, type ExportReport, exportLabels } from './jobs/export-labels.ts'
import { type ImportOptions, type ImportReport, importLabels } from './jobs/import-labels.ts'
import {
  type AddedLabels,
  type AddLabelOptions,
  addLabels,
  currentLabelStats,
  deleteLabel,
  type LabelView,
  listLabels,
} from './jobs/label-operations.ts'
import { addRoot, removeRoot } from './jobs/library-roots.ts'
import {
  activateModel,
  compareModels,
  listModels,
  type ModelComparison,
  type ModelDetails,
  type ModelView,
  showModel,
} from './jobs/model-operations.ts'
import { type LibraryScan, type LibraryScanOptions, scanLibrary } from './jobs/scan-library.ts'
import { readActiveModel, readModelVersion } from './jobs/section-model-file.ts'
import { type TrackOverview, trackOverviews } from './jobs/track-overview.ts'
import { requireTrack } from './jobs/track-reference.ts'
import { type TrainingOutcome, type TrainOptions, trainModel } from './jobs/train-model.ts'
import type { Workspace } from './jobs/workspace.ts'
import type { LabelStats } from './labels/label-stats.ts'
import type { SectionKind } from './labels/section-kind.ts'
import type { LabelRequest } from './labels/validate-label.ts'
import type { SectionModel } from './models/section-model.ts'
import { defaultDataDirectory } from './store/data-directory.ts'
import type { DiskEffects } from './store/disk-effects.ts'
import type { GridVersion } from './store/grid-store.ts'
import type { Root } from './store/root-store.ts'
import type { Settings } from './store/settings-store.ts'
import { openStore, type Store } from './store/store.ts'
import { WorkerPool } from './workers/worker-pool.ts'

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
  }
  readonly tracks: { readonly list: () => readonly TrackOverview[] }
  readonly labels: {
    readonly add: (track: string, request: LabelRequest, options?: AddLabelOptions) => AddedLabels
    readonly list: (filter?: { readonly track?: string; readonly label?: SectionKind }) => readonly LabelView[]
    readonly delete: (id: number) => void
    readonly import: (files: readonly string[], options?: ImportOptions) => Promise<ImportReport>
    readonly export: (options: ExportOptions) => ExportReport
    readonly stats: (exclude?: readonly SectionKind[]) => LabelStats
  }
  readonly grids: {
    /** @throws TRACK_NOT_FOUND, ANALYSIS_REQUIRED, GRID_EDIT_INVALID */
    readonly edit: (track: string, edit: GridEdit) => GridVersion
  }
  /** Trains on all labels and publishes a new version; it is not activated. */
  readonly train: (options?: TrainOptions) => Promise<TrainingOutcome>
  readonly models: {
    readonly list: () => readonly ModelView[]
    readonly show: (version: number) => ModelDetails
    readonly compare: (one: number, other: number) => ModelComparison
    readonly readActive: () => SectionModel
    readonly delete: (version: number) => void
    /** @returns the version that was active before */
    readonly activate: (version: number) => number | null
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
  readonly doctor: () => readonly Check[]
  readonly close: () => Promise<void>
}

const libraryOf = (workspace: Workspace): App['library'] => ({
  add: (folder) => addRoot(workspace.store, folder),
  list: () => workspace.store.roots.list(),
  remove: (reference) => removeRoot(workspace.store, reference),
  scan: (options) => scanLibrary(workspace, options),
})

const labelsOf = (store: Store): App['labels'] => ({
  add: (track, request, options) => addLabels(store, requireTrack(store, track), { ...options, requests: [request] }),
  list: ({ track, label } = {}) =>
    listLabels(store, {
      ...(track === undefined ? {} : { trackId: requireTrack(store, track).id }),
      ...(label === undefined ? {} : { kind: label }),
    }),
  delete: (id) => deleteLabel(store, id),
  import: (files, options) => importLabels(store, files, options),
  export: (options) => exportLabels(store, options),
  stats: (exclude) => currentLabelStats(store, exclude),
})

const modelsOf = (store: Store): App['models'] => ({
  list: () => listModels(store),
  show: (version) => showModel(store, version),
  compare: (one, other) => compareModels(store, one, other),
  readActive: () => readActiveModel(store).model,
  delete: (version) => store.models.delete(version),
  activate: (version) => activateModel(store, version),
})

/**
 * Opens a library for this process.
 * @throws DATA_DIR_UNWRITABLE, ALREADY_RUNNING, SCHEMA_TOO_NEW
 */
export const openApp = async ({ dataDir = defaultDataDirectory(), effects }: AppOptions = {}): Promise<App> => {
  const store = openStore(dataDir, effects)
  const { workers } = store.settings.all()
  const pool = new WorkerPool({ size: workers || availableParallelism(), lowPriority: true })
  const workspace: Workspace = { store, pool }
  return {
    dataDir,
    library: libraryOf(workspace),
    tracks: { list: () => trackOverviews(store) },
    labels: labelsOf(store),
    grids: { edit: (track, edit) => editGrid(store, requireTrack(store, track), edit) },
    train: (options) => trainModel(workspace, options),
    models: modelsOf(store),
    classify: async (reference, { version: wanted, signal } = {}) => {
      const { version, model } =
        wanted === undefined ? readActiveModel(store) : { version: wanted, model: readModelVersion(store, wanted) }
      const cancellation = signal ? { signal } : {}
      return { version, classification: await classify(workspace, reference, { model, ...cancellation }) }
    },
    settings: { all: () => store.settings.all(), set: (key, value) => store.settings.set(key, value) },
    doctor: () => examine(workspace),
    close: async () => {
      await pool.close()
      store.close()
    },
  }
}
