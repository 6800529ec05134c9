import type { LibraryMerge, MergeMode, MovedMerge } from '../../core/interop/libraries/merge-cues.ts'
import type { ExportFormatName } from '../../core/interop/libraries/written-library-traits.ts'
import type { CollectOptions, SkippedTrack } from './collect-export.ts'

export type ProgramExportOptions = CollectOptions & {
  /** A file that is not there yet, or a folder. */
  readonly output: string
  /** Paths in playlists count from where the playlist lies. */
  readonly relative: boolean
  /** A file of the program, of which a copy with our cues is written. */
  readonly into: string | null
  readonly mode: MergeMode
  /** Serato tags go into the files of the library themselves; the output is a folder for what they had before. */
  readonly inPlace: boolean
  readonly dryRun: boolean
}

export type WrittenChanges = Omit<LibraryMerge, 'text' | 'changes' | 'repeated'> & {
  readonly changes: readonly MovedMerge[]
}

export type ProgramExportReport = {
  readonly format: ExportFormatName
  readonly dryRun: boolean
  readonly tracks: number
  readonly cues: number
  readonly loops: number
  readonly playlists: number
  /** Cues without a pad or memory cue, and those that are there already. */
  readonly leftOut: number
  readonly skipped: readonly SkippedTrack[]
  /** Written, or to be written. */
  readonly files: readonly string[]
  /** What files of the library had before they were changed. */
  readonly backups: readonly string[]
  readonly manifest: string
  /** What changes in a file that is there already, or in tags; null where a new file is made. */
  readonly changes: WrittenChanges | null
  readonly steps: readonly string[]
  readonly traps: readonly string[]
}
