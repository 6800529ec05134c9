/** @file Libraries of other programs as a thread holds them: of each track what finds it at hand, the rest compressed. */
import { withBoundedCues } from '../../core/interop/libraries/bounded-cues.ts'
import type { ForeignLibrary, ForeignTrack } from '../../core/interop/libraries/foreign-library.ts'
import type { LibraryFile, LibraryFormat } from '../../core/interop/libraries/library-format.ts'
import type { MatchEntry } from '../../core/interop/libraries/match-tracks.ts'
import { createWarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { collectGarbage } from './collect-garbage.ts'
import { createListZipper, unzipPieces, type ZippedList } from './zipped-list.ts'

export type LibraryEntry = MatchEntry & Pick<ForeignTrack, 'key'>

/** What a library of another program holds. */
export type LibraryCounts = {
  readonly tracks: number
  readonly cues: number
  readonly loops: number
  readonly phrases: number
  readonly grids: number
  readonly playlists: number
}

export type PackedLibrary = Omit<ForeignLibrary, 'tracks'> & {
  readonly counts: LibraryCounts
  /** In the order of the tracks. */
  readonly entries: readonly LibraryEntry[]
  readonly zipped: ZippedList<ForeignTrack>
  readonly finish: (track: ForeignTrack) => ForeignTrack
}

/** Texts that are cut out of a file hold a piece of it for as long as they live; these are cut loose. */
const loosened = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

const entryOf = ({ cues, phrases, ...track }: ForeignTrack): LibraryEntry => ({
  ...loosened({
    key: track.key,
    location: track.location,
    title: track.title,
    artist: track.artist,
    durationSeconds: track.durationSeconds,
    sizeBytes: track.sizeBytes,
    playCount: track.playCount,
  }),
  cues: lengthOf(cues.length),
  phrases: lengthOf(phrases.length),
})

/** Most tracks share a few of them. */
const LENGTHS: readonly { readonly length: number }[] = Array.from({ length: 64 }, (_, length) => ({ length }))
const lengthOf = (length: number): { readonly length: number } => LENGTHS[length] ?? { length }

/** Tracks and cues after which garbage is collected, some ten megabytes of a file: it would pile up to several times what is kept. */
const COLLECT_EVERY = 50_000

const createTrackPacker = () => {
  const warnings = createWarningTally()
  const zipper = createListZipper<ForeignTrack>()
  const entries: LibraryEntry[] = []
  const counts = { cues: 0, loops: 0, phrases: 0, grids: 0 }
  let sinceCollected = 0
  return {
    take: (track: ForeignTrack): void => {
      const bounded = withBoundedCues(track, warnings)
      const loops = bounded.cues.filter(({ type }) => type === 'loop').length
      counts.cues += bounded.cues.length - loops
      counts.loops += loops
      counts.phrases += bounded.phrases.length
      counts.grids += bounded.grid === null ? 0 : 1
      entries.push(entryOf(bounded))
      zipper.add(bounded)
      sinceCollected += 1 + bounded.cues.length
      if (sinceCollected < COLLECT_EVERY) return
      sinceCollected = 0
      collectGarbage()
    },
    end: (
      library: Omit<ForeignLibrary, 'tracks' | 'playlists' | 'warnings'>,
      lists: (entries: readonly LibraryEntry[]) => Pick<ForeignLibrary, 'playlists' | 'warnings'>,
      finish: (track: ForeignTrack) => ForeignTrack,
    ): PackedLibrary => {
      const told = lists(entries)
      return {
        ...library,
        playlists: told.playlists,
        warnings: [...told.warnings, ...warnings.list()],
        counts: { tracks: entries.length, ...counts, playlists: told.playlists.length },
        entries,
        zipped: zipper.end(),
        finish,
      }
    },
  }
}

export const packLibrary = ({ tracks, playlists, warnings, ...library }: ForeignLibrary): PackedLibrary => {
  const packer = createTrackPacker()
  for (const track of tracks) packer.take(track)
  return packer.end(
    library,
    () => ({ playlists, warnings }),
    (track) => track,
  )
}

/** Reads a library a track at a time. @throws as `read` of the format */
export const readPacked = (format: LibraryFormat, file: LibraryFile): PackedLibrary => {
  const packer = createTrackPacker()
  const { finish, lists, ...library } = format.read(file, packer.take)
  return packer.end(library, lists, finish)
}

/** @yields tracks that are wanted, with their places @param wants by its place */
export function* wantedTracks(
  { zipped, finish }: Pick<PackedLibrary, 'zipped' | 'finish'>,
  wants: (at: number) => boolean = () => true,
): Generator<readonly [number, ForeignTrack]> {
  const wantsSome = (from: number, to: number): boolean => {
    for (let at = from; at < to; at++) if (wants(at)) return true
    return false
  }
  for (const { from, entries } of unzipPieces(zipped, wantsSome))
    for (const [index, track] of entries.entries()) if (wants(from + index)) yield [from + index, finish(track)]
}

/** As records, for a library that is short enough. */
export const unpackLibrary = (packed: PackedLibrary): ForeignLibrary => {
  const { program, version, playlists, warnings } = packed
  return { program, version, playlists, warnings, tracks: Array.from(wantedTracks(packed), ([, track]) => track) }
}
