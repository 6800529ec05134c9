import type { DatabaseSync } from 'node:sqlite'
import { PEAKS_FORMAT } from '../../core/audio/waveform-peaks.ts'
import { HEARD_WINDOWS_FORMAT } from '../../core/tags/heard-windows-bytes.ts'
import { AnalysisStore } from './analysis-store.ts'
import { ByteCache } from './byte-cache.ts'
import { CueNameStore } from './cue-name-store.ts'
import { createDailyBackups, type DailyBackups } from './daily-backup.ts'
import { createDataDirectory, type DataDirectory } from './data-directory.ts'
import { lockDataDirectory } from './data-directory-lock.ts'
import { openDatabase } from './database.ts'
import { type DiskEffects, diskEffects } from './disk-effects.ts'
import { FeatureCache } from './feature-cache.ts'
import { GridStore } from './grid-store.ts'
import { HearingStore } from './hearing-store.ts'
import { IgnoredFileStore } from './ignored-file-store.ts'
import { ImportStore } from './import-store.ts'
import { JobStore } from './job-store.ts'
import { LabelStore } from './label-store.ts'
import { countLibrary, type LibraryCounts } from './list-backups.ts'
import { ModelFiles } from './model-files.ts'
import { ModelStore } from './model-store.ts'
import { NoteStore } from './note-store.ts'
import { PlaylistStore } from './playlist-store.ts'
import { PresenceStore } from './presence-store.ts'
import { applyStagedRestore } from './restore-backup.ts'
import { RootStore } from './root-store.ts'
import { SectionStore } from './section-store.ts'
import { SectionVectorStore } from './section-vector-store.ts'
import { SettingsStore } from './settings-store.ts'
import { SoundStore } from './sound-store.ts'
import { StagedFiles } from './staged-files.ts'
import { SuggestionStore } from './suggestion-store.ts'
import { TrackStore } from './track-store.ts'
import { VectorStore } from './vector-store.ts'

export type Store = {
  readonly directory: DataDirectory
  readonly roots: RootStore
  readonly tracks: TrackStore
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
  readonly models: ModelStore
  readonly settings: SettingsStore
  readonly jobs: JobStore
  readonly sections: SectionStore
  readonly suggestions: SuggestionStore
  readonly imports: ImportStore
  readonly cueNames: CueNameStore
  readonly playlists: PlaylistStore
  readonly features: FeatureCache
  /** Waveforms as `encodePeaks` makes them, by audio digest. */
  readonly peaks: ByteCache
  /** What a network heard, as `encodeHeardWindows` makes it, by `hearingKey`. */
  readonly heardWindows: ByteCache
  /** What clients have sent for jobs to read. */
  readonly stagedFiles: StagedFiles
  /** Reads the whole database; null when it is sound, else SQLite's findings. */
  readonly checkIntegrity: () => string | null
  readonly backups: DailyBackups
  readonly counts: () => LibraryCounts
  readonly close: () => void
}

/**
 * Locks the data directory for this process and opens the library in it.
 * @throws DATA_DIR_UNWRITABLE, ALREADY_RUNNING, SCHEMA_TOO_NEW
 */
export const openStore = (dataDirectory: string, effects: DiskEffects = diskEffects): Store => {
  const directory = createDataDirectory(dataDirectory)
  const lock = lockDataDirectory(directory)
  let opened: DatabaseSync | null = null
  try {
    applyStagedRestore(directory)
    const database = openDatabase({ path: directory.database, backups: directory.backups })
    opened = database
    const features = new FeatureCache(directory.cache)
    features.sweep()
    return {
      directory,
      roots: new RootStore(database),
      tracks: new TrackStore(database),
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
      models: new ModelStore(database, new ModelFiles(directory.models, effects)),
      settings: new SettingsStore(database),
      jobs: new JobStore(database),
      sections: new SectionStore(database),
      suggestions: new SuggestionStore(database),
      imports: new ImportStore(database),
      cueNames: new CueNameStore(database),
      playlists: new PlaylistStore(database),
      features,
      peaks: new ByteCache(directory.cache, { name: 'peaks', format: PEAKS_FORMAT }),
      heardWindows: new ByteCache(directory.cache, { name: 'heard', format: HEARD_WINDOWS_FORMAT }),
      stagedFiles: new StagedFiles(directory.cache),
      checkIntegrity: () => {
        const { integrity_check: found } = database.prepare('PRAGMA integrity_check').get() as Record<string, string>
        return found === 'ok' ? null : found!
      },
      backups: createDailyBackups(database, directory.backups),
      counts: () => countLibrary(database),
      close: () => {
        database.close()
        lock.release()
      },
    }
  } catch (error) {
    opened?.close()
    lock.release()
    throw error
  }
}
