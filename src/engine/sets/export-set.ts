import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import type { ExportedCue, ExportedTrack } from '../../core/interop/libraries/exported-library.ts'
import { fileNameOf } from '../../core/interop/libraries/free-names.ts'
import { LIBRARY_WRITERS } from '../../core/interop/libraries/written-libraries.ts'
import { type LibraryFileName, WRITTEN_LIBRARIES } from '../../core/interop/libraries/written-library-traits.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import { exportedTrack } from '../exchange/exported-tracks.ts'
import type { LabelDownload } from '../exchange/label-download.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import { hasVanished } from '../kit/track-audio.ts'
import { fileAt, writeFiles } from '../kit/write-files.ts'
import { lookAtSet } from './look-at-set.ts'
import type { ShownSet } from './shown-set.ts'
import type { TransitionWorkspace } from './transition.ts'

export type SetFile = LabelDownload & {
  /** Tracks that are not in it, and why. */
  readonly leftOut: readonly { readonly title: string; readonly reason: string }[]
}

const memoryCue = (name: string, startSeconds: number): ExportedCue => ({
  pad: null,
  startSeconds,
  endSeconds: null,
  name,
  colour: null,
})

/** Where the track comes in and goes out, as far as there are transitions. */
const mixCues = (
  { store }: Pick<TransitionWorkspace, 'store'>,
  { places, transitions }: ShownSet,
  at: number,
): readonly ExportedCue[] => {
  const grid = store.grids.current(places[at]!.trackId)?.grid
  if (grid === undefined) return []
  const [into, out] = [transitions[at - 1]?.to, transitions[at]?.from]
  return [
    ...(into ? [memoryCue('Mix in', beatsToSeconds(grid, into.startBeat))] : []),
    ...(out ? [memoryCue('Mix out', beatsToSeconds(grid, out.startBeat))] : []),
  ]
}

/**
 * A set for another DJ program: its tracks in their order as a playlist, with the points where to mix as memory cues, as far as the format
 * holds cues.
 * @throws SET_NOT_FOUND, SET_TOO_NEW, SET_POOL_EMPTY where no track of it can be written
 */
export const exportSet = async (
  workspace: TransitionWorkspace,
  id: number,
  format: LibraryFileName,
): Promise<SetFile> => {
  const { store } = workspace
  const set = await lookAtSet(workspace, id)
  const { extension, mediaType, holdsCues } = WRITTEN_LIBRARIES[format]
  const tracks: ExportedTrack[] = []
  const leftOut: SetFile['leftOut'][number][] = []
  for (const [at, { trackId, title }] of set.places.entries()) {
    await giveWay()
    const track = store.tracks.get(trackId)
    const one =
      track && exportedTrack(store, track, { plan: null, grid: true, key: true, version: null, isWhole: true })
    if (track === null) leftOut.push({ title, reason: 'It is not in the library any more.' })
    else if (one === null || typeof one === 'string' || (await hasVanished(store, track)))
      leftOut.push({ title, reason: 'Its file is missing.' })
    else tracks.push({ ...one.track, cues: holdsCues ? mixCues(workspace, set, at) : [] })
  }
  if (tracks.length === 0) throw new UserError('SET_POOL_EMPTY', `No track of “${set.name}” can be written.`)
  const fileName = fileNameOf(set.name) + extension
  const list = { name: set.name, folders: ['Algiers'], trackIds: tracks.map((track) => track.id) }
  // A list of tracks is the playlist itself.
  const [file] = LIBRARY_WRITERS[format](
    { tracks, playlists: format === 'm3u8' ? [] : [list] },
    { version: packageManifest.version, fileName, folder: null },
  )
  return { fileName, mediaType, bytes: new TextEncoder().encode(file!.text), leftOut }
}

export type WrittenSet = Pick<SetFile, 'leftOut'> & { readonly file: string }

/** The same into a file that is not there yet, or a folder that is. @throws as `exportSet`, and EXPORT_EXISTS, STORAGE_FULL */
export const writeSet = async (
  workspace: TransitionWorkspace,
  id: number,
  { format, output }: { readonly format: LibraryFileName; readonly output: string },
): Promise<WrittenSet> => {
  const { fileName, bytes, leftOut } = await exportSet(workspace, id, format)
  const file = fileAt(output, fileName)
  writeFiles([{ path: file, bytes }])
  return { file, leftOut }
}
