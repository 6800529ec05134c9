import { PEAKS_FORMAT } from '../../core/audio/waveform-peaks.ts'
import { FORM_FORMAT } from '../../core/sections/track-form.ts'
import { type ErrorReport, toErrorReport } from '../../core/support/user-error.ts'
import { HEARD_WINDOWS_FORMAT } from '../../core/tags/heard-windows-bytes.ts'
import { AnalysisStore } from './analysis-store.ts'
import { ByteCache } from './byte-cache.ts'
import { CatalogueMarkStore } from './catalogue-mark-store.ts'
import { checkApart } from './check-apart.ts'
import { countBesides, type LibraryBesides } from './count-besides.ts'
import { CueNameStore } from './cue-name-store.ts'
import { createDailyBackups, type DailyBackups } from './daily-backup.ts'
import { createDataDirectory, type DataDirectory } from './data-directory.ts'
import { lockDataDirectory } from './data-directory-lock.ts'
import { type LibraryUpdate, openDatabase } from './database.ts'
import { type DiskEffects, diskEffects } from './disk-effects.ts'
import { FeatureCache } from './feature-cache.ts'
import { FindingStore } from './finding-store.ts'
import { GridStore } from './grid-store.ts'
import { HearingStore } from './hearing-store.ts'
import { IgnoredFileStore } from './ignored-file-store.ts'
import { ImportStore } from './import-store.ts'
import { JobStore } from './job-store.ts'
import { LabelStepStore } from './label-step-store.ts'
import { LabelStore } from './label-store.ts'
import { LensStore } from './lens-store.ts'
import { refuseNewLibrary } from './library-remains.ts'
import { countLibrary, type LibraryCounts } from './list-backups.ts'
import { ModelFiles } from './model-files.ts'
import { ModelStore } from './model-store.ts'
import { NoteStore } from './note-store.ts'
import { PlaylistStore } from './playlist-store.ts'
import { PresenceStore } from './presence-store.ts'
import { RelabellingStore } from './relabelling-store.ts'
import { type AppliedRestore, applyStagedRestore } from './restore-backup.ts'
import { RootStore } from './root-store.ts'
import { ScopeStore } from './scope-store.ts'
import { SectionStore } from './section-store.ts'
import { SectionVectorStore } from './section-vector-store.ts'
import { SetStore } from './set-store.ts'
import { SettingsStore } from './settings-store.ts'
import { SoundStore } from './sound-store.ts'
import { StagedFiles } from './staged-files.ts'
import { SuggestionStore } from './suggestion-store.ts'
import { TrackStore } from './track-store.ts'
import { TrackWorkStore } from './track-work-store.ts'
import { TransitionStore } from './transition-store.ts'
import { VectorStore } from './vector-store.ts'

const LOOK_MS = 2000

export type Store = {
  readonly directory: DataDirectory
  readonly roots: RootStore
  readonly tracks: TrackStore
  readonly trackWork: TrackWorkStore
  readonly presence: PresenceStore
  readonly ignoredFiles: IgnoredFileStore
  readonly notes: NoteStore
  readonly grids: GridStore
  readonly analyses: AnalysisStore
  readonly vectors: VectorStore
  readonly sounds: SoundStore
  readonly sectionVectors: SectionVectorStore
  readonly hearing: HearingStore
  readonly labels: LabelStore
  readonly labelSteps: LabelStepStore
  readonly findings: FindingStore
  readonly relabellings: RelabellingStore
  readonly lenses: LensStore
  readonly models: ModelStore
  readonly scopes: ScopeStore
  readonly settings: SettingsStore
  readonly jobs: JobStore
  readonly sections: SectionStore
  readonly suggestions: SuggestionStore
  readonly imports: ImportStore
  readonly cueNames: CueNameStore
  readonly catalogueMarks: CatalogueMarkStore
  readonly playlists: PlaylistStore
  readonly sets: SetStore
  readonly transitions: TransitionStore
  readonly features: FeatureCache
  /** Waveforms as `encodePeaks` makes them, by audio digest. */
  readonly peaks: ByteCache
  /** What a network heard, as `encodeHeardWindows` makes it, by `hearingKey`. */
  readonly heardWindows: ByteCache
  /** What the network of form says of tracks, as `encodeForm` makes it, by the engine's `formKey`. */
  readonly forms: ByteCache
  /** What clients have sent for jobs to read. */
  readonly stagedFiles: StagedFiles
  /** Reads the whole database in a thread of its own; null when it is sound, else what SQLite finds. */
  readonly checkIntegrity: () => Promise<string | null>
  /** Why nothing can be written any more, as the file of the library is no longer in its place; null where it is. */
  readonly fault: () => string | null
  /** Why a copy that was laid ready could not be opened, so that the library is as it was before; null where nothing failed. */
  readonly restoreFailure: ErrorReport | null
  /**
   * Closes the library that a restore has just put here and opens what was there before, since the copy is of no use.
   * @returns null where there was no restore, or nothing before it
   */
  readonly takeBackRestore: (error: unknown) => Store | null
  readonly backups: DailyBackups
  readonly counts: () => LibraryCounts
  readonly besides: () => LibraryBesides
  readonly close: () => void
}

type Opening = {
  readonly directory: DataDirectory
  readonly lock: { readonly release: () => void }
  readonly effects: DiskEffects
  readonly restored: AppliedRestore | null
  readonly restoreFailure: ErrorReport | null
  readonly onUpdate: ((update: LibraryUpdate) => void) | undefined
}

/** Opens the library before a restore that was of no use. @returns null where there was no restore, or nothing before it */
const openBefore = (opening: Opening, error: unknown): Store | null => {
  const { restored } = opening
  if (restored === null || restored.kept === null) return null
  restored.takeBack()
  return assembleStore({ ...opening, restored: null, restoreFailure: toErrorReport(error) })
}

const assembleStore = (opening: Opening): Store => {
  const { directory, lock, effects, restoreFailure, onUpdate } = opening
  refuseNewLibrary(directory)
  const database = openDatabase({
    path: directory.database,
    backups: directory.backups,
    ...(onUpdate && { onUpdate }),
  })
  try {
    const features = new FeatureCache(directory.cache)
    features.sweep()
    const backups = createDailyBackups(database, directory.backups)
    // A log that was deleted is made anew before a kill could lose what only it holds.
    const looking = setInterval(() => database.fault(), LOOK_MS).unref()
    const closeDatabase = (): void => {
      clearInterval(looking)
      database.close()
    }
    database.onGone(() => void backups.rescue())
    return {
      directory,
      roots: new RootStore(database),
      tracks: new TrackStore(database),
      trackWork: new TrackWorkStore(database),
      presence: new PresenceStore(database),
      ignoredFiles: new IgnoredFileStore(database),
      notes: new NoteStore(database),
      grids: new GridStore(database),
      analyses: new AnalysisStore(database),
      vectors: new VectorStore(database),
      sounds: new SoundStore(database),
      sectionVectors: new SectionVectorStore(database),
      hearing: new HearingStore(database),
      labels: new LabelStore(database),
      labelSteps: new LabelStepStore(database),
      findings: new FindingStore(database),
      relabellings: new RelabellingStore(database),
      lenses: new LensStore(database),
      models: new ModelStore(database, new ModelFiles(directory.models, effects)),
      scopes: new ScopeStore(database),
      settings: new SettingsStore(database),
      jobs: new JobStore(database),
      sections: new SectionStore(database),
      suggestions: new SuggestionStore(database),
      imports: new ImportStore(database),
      cueNames: new CueNameStore(database),
      catalogueMarks: new CatalogueMarkStore(database),
      playlists: new PlaylistStore(database),
      sets: new SetStore(database),
      transitions: new TransitionStore(database),
      features,
      peaks: new ByteCache(directory.cache, { name: 'peaks', format: PEAKS_FORMAT }),
      heardWindows: new ByteCache(directory.cache, { name: 'heard', format: HEARD_WINDOWS_FORMAT }),
      forms: new ByteCache(directory.cache, { name: 'form', format: FORM_FORMAT }),
      stagedFiles: new StagedFiles(directory.cache),
      checkIntegrity: () => checkApart({ path: directory.database, makesWhole: false, thorough: true }),
      fault: () => database.fault(),
      restoreFailure,
      takeBackRestore: (error) => {
        if (opening.restored === null || opening.restored.kept === null) return null
        closeDatabase()
        return openBefore(opening, error)
      },
      backups,
      counts: () => countLibrary(database),
      besides: () => countBesides(database),
      close: () => {
        closeDatabase()
        lock.release()
      },
    }
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Locks the data directory for this process and opens the library in it.
 * @throws DATA_DIR_UNWRITABLE, ALREADY_RUNNING, SCHEMA_TOO_NEW, DATABASE_DAMAGED, DATABASE_MISSING
 */
export const openStore = (
  dataDirectory: string,
  effects: DiskEffects = diskEffects,
  onUpdate?: (update: LibraryUpdate) => void,
): Store => {
  const directory = createDataDirectory(dataDirectory)
  const lock = lockDataDirectory(directory)
  try {
    const restored = applyStagedRestore(directory)
    const opening = { directory, lock, effects, restored, restoreFailure: null, onUpdate }
    try {
      return assembleStore(opening)
    } catch (error) {
      const before = openBefore(opening, error)
      if (before === null) throw error
      return before
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
