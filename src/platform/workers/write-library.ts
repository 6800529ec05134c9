import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { ExportedLibrary, ExportedTrack } from '../../core/interop/libraries/exported-library.ts'
import type { LibraryMerge, MovedMerge } from '../../core/interop/libraries/merge-cues.ts'
import { LIBRARY_WRITERS } from '../../core/interop/libraries/written-libraries.ts'
import type { LibraryFileName } from '../../core/interop/libraries/written-library-traits.ts'
import { type PackedList, packList, unpackList } from '../../core/support/packed-list.ts'
import { digestOf } from '../store/digest.ts'
import { type MergeInput, mergeIntoFile } from './merge-into-file.ts'

export type WriteLibraryInput = {
  readonly format: LibraryFileName
  readonly tracks: PackedList<ExportedTrack>
  readonly playlists: ExportedLibrary['playlists']
  /** Of Algiers. */
  readonly version: string
  /** Of the file, with its ending. */
  readonly fileName: string
  /** Where the files will lie, with forward slashes, if paths are to be written from there. */
  readonly folder: string | null
  /** A file of the program, of which a copy with our cues is made; null for a new file. */
  readonly into: (MergeInput & { readonly grids: PackedList<BeatGrid | null> }) | null
}

export type WrittenBytes = { readonly name: string; readonly bytes: Uint8Array; readonly sha256: string }

/** What a copy of a file changes in it. */
export type PackedMerge = Omit<LibraryMerge, 'text' | 'changes'> & { readonly changes: PackedList<MovedMerge> }

export type WrittenLibrary = { readonly files: readonly WrittenBytes[]; readonly merged: PackedMerge | null }

const written = ({ name, text }: { readonly name: string; readonly text: string }): WrittenBytes => {
  const bytes = new TextEncoder().encode(text)
  return { name, bytes, sha256: digestOf(bytes) }
}

/** The files of a library for another program, not on the disk yet. @throws as `mergeIntoFile` */
export const writeLibrary = ({ format, into, ...input }: WriteLibraryInput): WrittenLibrary => {
  const library: ExportedLibrary = { tracks: unpackList(input.tracks), playlists: input.playlists }
  if (into === null) return { files: LIBRARY_WRITERS[format](library, input).map(written), merged: null }
  const { text, changes, ...merged } = mergeIntoFile(into, format, library, unpackList(into.grids))
  return {
    files: [written({ name: input.fileName, text })],
    merged: { ...merged, changes: packList(changes) },
  }
}
