import { answersFor, type CueAnswer, type CueProfile } from '../../core/interop/libraries/cue-meanings.ts'
import { type CueQuestion, createCueTally, type KnownCue } from '../../core/interop/libraries/cue-questions.ts'
import type { ForeignTrack, ForeignWarning } from '../../core/interop/libraries/foreign-library.ts'
import type { FolderMove } from '../../core/interop/libraries/foreign-paths.ts'
import type { LibraryFormatName } from '../../core/interop/libraries/library-format.ts'
import {
  type MatchedBy,
  matchTracks,
  type OwnTrack,
  type SuggestedMove,
  suggestMoves,
  type TrackMatch,
  type UnmatchedReason,
} from '../../core/interop/libraries/match-tracks.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { importedName } from '../../core/library/kept-name.ts'
import { type PackedList, unpackList } from '../../core/support/packed-list.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { NewPlaylist } from '../store/playlist-store.ts'
import { collectGarbage } from './collect-garbage.ts'
import { type OpenedLibrary, openLibraries } from './open-libraries.ts'
import {
  type LibraryCounts,
  type LibraryEntry,
  type PackedLibrary,
  packLibrary,
  unpackLibrary,
  wantedTracks,
} from './packed-library.ts'
import { findSameAudio } from './same-audio.ts'
import { type ReadProgress, withSeratoTags } from './serato-tags.ts'
import type { TaskContext } from './task-context.ts'
import { createListZipper, type ZippedList } from './zipped-list.ts'

export type KnownTrack = OwnTrack & { readonly shownTitle: string; readonly audioDigest: string }

export type LookThroughInput = {
  readonly path: string
  /** Null: whatever is recognised. */
  readonly format: LibraryFormatName | null
  /** The tracks of the library. */
  readonly own: PackedList<KnownTrack>
  readonly moves: readonly FolderMove[]
  /** What the person says of names and colours now: it goes before what was said. */
  readonly answers: readonly CueAnswer[]
  /** What the person has said of names and colours, by program. */
  readonly profiles: Readonly<Record<string, readonly (readonly [string, SectionKind | null])[]>>
}

export type UnmatchedTrack = {
  readonly title: string | null
  readonly artist: string | null
  readonly path: string | null
  readonly reason: UnmatchedReason
  /** The service that plays it. */
  readonly streaming: string | null
}

/** A track of another program that is one of ours. */
export type MatchedTrack = { readonly foreign: ForeignTrack; readonly trackId: number }

/** A library that was found, what it holds, and what of it is ours. */
export type LookedThrough = {
  readonly format: LibraryFormatName
  readonly title: string
  readonly source: string
  readonly program: string
  readonly version: string | null
  readonly counts: LibraryCounts
  readonly matched: ZippedList<MatchedTrack>
  readonly matchedBy: readonly { readonly by: MatchedBy; readonly tracks: number }[]
  readonly unmatched: number
  readonly unmatchedBy: readonly { readonly reason: UnmatchedReason; readonly tracks: number }[]
  /** The first of those. */
  readonly missing: readonly UnmatchedTrack[]
  readonly moves: readonly SuggestedMove[]
  /** With the tracks of ours that are in them; those without any are left out. */
  readonly playlists: readonly NewPlaylist[]
  readonly questions: readonly CueQuestion[]
  readonly unasked: number
  readonly known: readonly KnownCue[]
  readonly warnings: readonly ForeignWarning[]
}

const MOST_NAMED = 200
/** Of a name, which a file may give as long as it likes. */
const LONGEST_PROGRAM = 200

const countBy = <Name>(names: readonly Name[]): readonly (readonly [Name, number])[] =>
  [...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length] as const)

type WithOwn = Omit<LookThroughInput, 'own'> & { readonly own: readonly KnownTrack[] }

const ownPlaylists = (
  { playlists }: Pick<PackedLibrary, 'playlists'>,
  matches: readonly TrackMatch<LibraryEntry>[],
): readonly NewPlaylist[] => {
  const idOf = new Map(
    matches.flatMap((match) => {
      const id = match.trackId ?? (match.reason === 'twice' ? match.sameAs : null)
      return id === null ? [] : [[match.foreign.key, id] as const]
    }),
  )
  return playlists
    .map(({ name, folders, trackKeys }) => ({
      name: importedName(name),
      folders: folders.map(importedName),
      trackIds: trackKeys.flatMap((key) => idOf.get(key) ?? []),
    }))
    .filter(({ trackIds }) => trackIds.length > 0)
}

/** Paths of a library count from the folder around its database: `Engine Library/Database2/m.db`. */
const libraryFolderOf = ({ folder }: OpenedLibrary): string => folder.replace(/[\\/]Database2$/i, '')

const examine = async (
  opened: OpenedLibrary,
  input: WithOwn,
  context: TaskContext<ReadProgress>,
): Promise<LookedThrough> => {
  const { format, title, source, library } = opened
  const options = { moves: input.moves, libraryFolder: libraryFolderOf(opened), driveFolder: opened.folder }
  // What reading has left is gone before matching makes more.
  collectGarbage()
  const sameAudio = await findSameAudio(library.entries, input.own, options, context)
  const matches = matchTracks(library.entries, input.own, { ...options, sameAudio })
  const program = (library.program ?? title).slice(0, LONGEST_PROGRAM)
  const profile: CueProfile = new Map([...(input.profiles[program] ?? []), ...answersFor(input.answers, program)])
  const titles = new Map(input.own.map(({ id, shownTitle }) => [id, shownTitle]))
  const by = matches.flatMap((match) => (match.trackId === null ? [] : [match.by]))
  const unmatched = matches.filter((match) => match.trackId === null)
  const [zipper, tally] = [createListZipper<MatchedTrack>(), createCueTally()]
  for (const [at, foreign] of wantedTracks(library, (place) => matches[place]!.trackId !== null)) {
    const trackId = matches[at]!.trackId!
    tally.add({ trackId, title: titles.get(trackId)!, cues: foreign.cues })
    zipper.add({ foreign, trackId })
  }
  return {
    format,
    title,
    source,
    program,
    version: library.version,
    counts: library.counts,
    matched: zipper.end(),
    matchedBy: countBy(by).map(([name, tracks]) => ({ by: name, tracks })),
    unmatched: unmatched.length,
    unmatchedBy: countBy(unmatched.map(({ reason }) => reason)).map(([reason, tracks]) => ({ reason, tracks })),
    missing: unmatched.slice(0, MOST_NAMED).map(({ foreign: { title: name, artist, location }, reason }) => ({
      title: name,
      artist,
      path: location.path,
      streaming: location.streaming,
      reason,
    })),
    moves: suggestMoves(matches, input.own),
    playlists: ownPlaylists(library, matches),
    ...tally.ask(profile),
    warnings: library.warnings,
  }
}

/** Serato keeps cues in the files: those of ours that its library names are read where they lie here. */
const withTags = async (
  opened: OpenedLibrary,
  input: WithOwn,
  context: TaskContext<ReadProgress>,
): Promise<OpenedLibrary> => {
  if (opened.format !== 'serato') return opened
  const options = { moves: input.moves, driveFolder: opened.folder }
  const pathOfId = new Map(input.own.map(({ id, paths }) => [id, paths[0] ?? null]))
  const library = unpackLibrary(opened.library)
  const own = new Map(
    matchTracks(library.tracks, input.own, options).flatMap(({ foreign, trackId }) =>
      trackId === null ? [] : [[foreign, pathOfId.get(trackId) ?? null] as const],
    ),
  )
  const place = { folder: opened.folder, names: opened.names, ownPath: (track: ForeignTrack) => own.get(track) ?? null }
  return { ...opened, library: packLibrary(await withSeratoTags(library, place, context)) }
}

/** Looks through a file, a folder or a drive of another program. @throws FOREIGN_LIBRARY_NOT_FOUND, IMPORT_MALFORMED */
export const lookThrough = async (
  input: LookThroughInput,
  context: TaskContext<ReadProgress>,
): Promise<readonly LookedThrough[]> => {
  const found: LookedThrough[] = []
  const withOwn = { ...input, own: unpackList(input.own) }
  for (const opened of await openLibraries(input.path, input.format, context.signal))
    found.push(await examine(await withTags(opened, withOwn, context), withOwn, context))
  const held = found.filter(({ counts }) => counts.tracks > 0 || counts.playlists > 0)
  if (held.length > 0) return held
  if (found.length > 0 && found[0]!.title !== 'Serato tags') return found
  throw new UserError('FOREIGN_LIBRARY_NOT_FOUND', `${input.path} holds no library of a DJ program that Algiers reads.`)
}
