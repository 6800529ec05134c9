import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { ExportedLibrary, ExportedTrack } from '../../core/interop/libraries/exported-library.ts'
import type { MovedMerge } from '../../core/interop/libraries/merge-cues.ts'
import type { LibraryFileName } from '../../core/interop/libraries/written-library-traits.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { joinLists, type PackedList, packList, unpackPieces } from '../../core/support/packed-list.ts'
import type { MergeInput } from '../../platform/workers/merge-into-file.ts'
import type { WrittenBytes, WrittenLibrary } from '../../platform/workers/write-library.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { piecesOf } from './pack-in-turns.ts'
import type { WrittenChanges } from './program-export.ts'

type Writing = {
  readonly format: LibraryFileName
  readonly fileName: string
  readonly folder: string | null
  readonly into: MergeInput | null
}

type Written = {
  readonly files: readonly WrittenBytes[]
  /** What a copy of a file changes in it. */
  readonly merged: { readonly changes: WrittenChanges; readonly repeated: readonly string[] } | null
}

/** Packed a little at a time. @param partOf looked up for each track */
const packEach = async <Value>(
  tracks: readonly ExportedTrack[],
  partOf: (track: ExportedTrack) => Value,
): Promise<PackedList<Value>> => {
  const lists: PackedList<Value>[] = []
  for (const piece of piecesOf(tracks)) {
    lists.push(packList(piece.map(partOf)))
    await giveWay()
  }
  return joinLists(lists)
}

const unpacked = async ({
  changes,
  repeated,
  ...counts
}: NonNullable<WrittenLibrary['merged']>): Promise<Written['merged']> => {
  const all: MovedMerge[] = []
  for (const piece of unpackPieces(changes)) {
    all.push(...piece)
    await giveWay()
  }
  return { changes: { ...counts, changes: all }, repeated }
}

/** The files of a library for another program, which a thread makes: nobody else waits for it. @throws as `mergeIntoFile` */
export const writeInThread = async (
  { store, pool }: Workspace,
  { tracks, playlists }: ExportedLibrary,
  { into, ...writing }: Writing,
  { signal }: JobOptions = {},
): Promise<Written> => {
  const gridOf = ({ id }: ExportedTrack): BeatGrid | null => store.grids.current(id)?.grid ?? null
  const input = {
    ...writing,
    tracks: await packEach(tracks, (track) => track),
    playlists,
    version: packageManifest.version,
    into: into === null ? null : { ...into, grids: await packEach(tracks, gridOf) },
  }
  const { files, merged } = await pool.run('writeLibrary', input, signal ? { signal } : {})
  return { files, merged: merged === null ? null : await unpacked(merged) }
}
