import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  type ForeignLibrary,
  type ForeignTrack,
  UNKNOWN_FOREIGN_TRACK,
} from '../../core/interop/libraries/foreign-library.ts'
import type { SeratoFrames } from '../../core/interop/libraries/serato/serato-frames.ts'
import { withSeratoFrames } from '../../core/interop/libraries/serato/serato-track.ts'
import { createWarningTally, type WarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { UserError } from '../../core/support/user-error.ts'
import { readerOf } from '../decoding/audio-formats.ts'
import { fileOf } from '../decoding/descriptor-file.ts'
import { withAudio } from '../decoding/open-audio.ts'
import { readSeratoFramesOf } from '../decoding/serato-frames-of.ts'
import type { TaskContext } from './task-context.ts'

export type ReadProgress = { readonly done: number; readonly total: number }

type Place = {
  /** The folder that was looked through. */
  readonly folder: string
  /** Files in it, from it on. */
  readonly names: readonly string[]
  /** Where a track lies here; null where it is not known. */
  readonly ownPath: (track: ForeignTrack) => string | null
}

/** Where a path may lie that counts from the top of the drive: that is the folder itself, one above it, or the top of this machine. */
export const placesOnDrive = (path: string, folder: string): readonly string[] => [
  join(folder, path),
  join(dirname(folder), path),
  join('/', path),
]

const pathOf = (track: ForeignTrack, { folder, ownPath }: Place): string | null => {
  const { path } = track.location
  const own = ownPath(track)
  const here = path === null ? [] : placesOnDrive(path, folder)
  return [...(own === null ? [] : [own]), ...here].find((one) => existsSync(one)) ?? null
}

const ofFile = (path: string): ForeignTrack => ({
  ...UNKNOWN_FOREIGN_TRACK,
  key: path,
  location: { path: path.replaceAll('\\', '/'), from: 'root', streaming: null },
})

/** Names of files that Serato may have tagged. */
const TAGGED = /\.(?:mp3|aiff?|aifc|wave?|flac|m4[ab]|mp4|og[ga])$/i

/** Of the kinds that Serato tags, what cannot be read is told, and not taken for none, but for an empty file; any other kind has none. */
const framesIn = (path: string, warnings: WarningTally): Promise<SeratoFrames | null> =>
  withAudio({ path }, (audio) => readSeratoFramesOf(fileOf(audio))).catch((error: unknown) => {
    if (TAGGED.test(path) && !(error instanceof UserError && error.code === 'AUDIO_EMPTY'))
      warnings.add('The tags of a file cannot be read: cues in them are left out.', path)
    return null
  })

/** The cues and grids that Serato keeps in the audio files: of the tracks of its library, and of files that only lie in the folder. */
export const withSeratoTags = async (
  library: ForeignLibrary,
  place: Place,
  { report, signal }: TaskContext<ReadProgress>,
): Promise<ForeignLibrary> => {
  const warnings = createWarningTally()
  const paths = new Map(library.tracks.map((track) => [track, pathOf(track, place)]))
  const taken = new Set(paths.values())
  const others = place.names
    .filter((name) => readerOf(name) !== null)
    .map((name) => join(place.folder, name))
    .filter((path) => !taken.has(path))
  const total = library.tracks.length + others.length
  let done = 0
  const read = async (track: ForeignTrack, path: string | null): Promise<ForeignTrack | null> => {
    signal.throwIfAborted()
    const frames = path === null ? null : await framesIn(path, warnings)
    report({ done: ++done, total })
    return frames === null ? null : withSeratoFrames(track, frames, warnings)
  }
  const tracks: ForeignTrack[] = []
  for (const [track, path] of paths) tracks.push((await read(track, path)) ?? track)
  for (const path of others) {
    const track = await read(ofFile(path), path)
    if (track !== null) tracks.push(track)
  }
  return { ...library, tracks, warnings: [...library.warnings, ...warnings.list()] }
}
