/**
 * @file Which track of ours each track of another program is: by path, by the audio itself, by name with size or duration, by tags with
 * duration. What fits several tracks is left to the person, and so is what fits none.
 */
import { foldText } from '../../library/search-text.ts'
import type { Seconds } from '../../units/units.ts'
import type { ForeignTrack } from './foreign-library.ts'
import { decodeSegment } from './foreign-location.ts'
import {
  type FolderMove,
  moveBetween,
  movedPath,
  nameOfPath,
  pathFrom,
  pathKey,
  withoutVolume,
} from './foreign-paths.ts'

/** What matching needs of a track of ours. */
export type OwnTrack = {
  readonly id: number
  readonly paths: readonly string[]
  readonly sizes: readonly number[]
  readonly title: string | null
  readonly artist: string | null
  readonly durationSeconds: Seconds | null
}

export const MATCHED_BY = ['path', 'folder', 'audio', 'name', 'tags'] as const
export type MatchedBy = (typeof MATCHED_BY)[number]
export const UNMATCHED_REASONS = ['streaming', 'several', 'twice', 'not found'] as const
export type UnmatchedReason = (typeof UNMATCHED_REASONS)[number]

/** What matching needs of a track of another program. */
export type MatchEntry = Pick<
  ForeignTrack,
  'location' | 'title' | 'artist' | 'durationSeconds' | 'sizeBytes' | 'playCount'
> & { readonly cues: { readonly length: number }; readonly phrases: { readonly length: number } }

export type TrackMatch<Entry extends MatchEntry = MatchEntry> =
  | { readonly foreign: Entry; readonly trackId: number; readonly by: MatchedBy }
  | { readonly foreign: Entry; readonly trackId: null; readonly reason: Exclude<UnmatchedReason, 'twice'> }
  /** Another entry for the same track of ours tells more. */
  | { readonly foreign: Entry; readonly trackId: null; readonly reason: 'twice'; readonly sameAs: number }

export type MatchOptions<Entry extends MatchEntry = MatchEntry> = {
  /** Where folders of the other program lie here, as the person said. */
  readonly moves?: readonly FolderMove[]
  /** The folder that paths of a library count from. */
  readonly libraryFolder?: string | null
  /** The top of the drive that paths without a volume count from. */
  readonly driveFolder?: string | null
  /** Tracks of ours with the same audio as tracks of the other program, where somebody has looked. */
  readonly sameAudio?: ReadonlyMap<Entry, number>
}

/** How far two programs may disagree about the length of one recording. */
const NAME_SECONDS = 1
const TAGS_SECONDS = 2

const byKey = <One>(
  ones: readonly One[],
  keysOf: (one: One) => readonly string[],
): ReadonlyMap<string, readonly One[]> => {
  const found = new Map<string, One[]>()
  for (const one of ones)
    for (const key of new Set(keysOf(one))) {
      const known = found.get(key)
      if (known) known.push(one)
      else found.set(key, [one])
    }
  return found
}

const tagsKey = (title: string, artist: string | null): string =>
  `${foldText(title).trim()}\n${artist === null ? '' : foldText(artist).trim()}`

const isNear = (a: Seconds | null, b: Seconds | null, reach: Seconds): boolean =>
  a !== null && b !== null && Math.abs(a - b) <= reach

/** Some converters encode what was encoded already: what is not there under its path may be under the path that it stands for. */
const lookUp = (own: ReadonlyMap<string, readonly OwnTrack[]>, key: string): readonly OwnTrack[] =>
  own.get(key) ?? own.get(pathKey(decodeSegment(key))) ?? []

type Found = { readonly tracks: readonly OwnTrack[]; readonly by: MatchedBy }

/** Where another program's file lies, as a path that can be looked for here. */
export const pathHere = (
  { location }: Pick<ForeignTrack, 'location'>,
  { moves = [], libraryFolder = null, driveFolder = null }: Omit<MatchOptions, 'sameAudio'>,
): string | null => {
  const { path, from } = location
  if (path === null) return null
  const base = from === 'library' ? libraryFolder : from === 'volume' ? driveFolder : null
  const whole = base === null ? path : pathFrom(base, path)
  // A folder may be given as the program writes it, or as it lies below the drive here.
  return movedPath(path, moves) ?? movedPath(whole, moves) ?? whole
}

/** @returns for each track of the other program, in its order, the track of ours or why there is none */
export const matchTracks = <Entry extends MatchEntry>(
  foreign: readonly Entry[],
  own: readonly OwnTrack[],
  options: MatchOptions<Entry> = {},
): readonly TrackMatch<Entry>[] => {
  const { moves = [], sameAudio = new Map<Entry, number>() } = options
  const byPath = byKey(own, ({ paths }) => paths.map(pathKey))
  const byRest = byKey(own, ({ paths }) => paths.map((path) => withoutVolume(pathKey(path))))
  const byName = byKey(own, ({ paths }) => paths.map((path) => nameOfPath(pathKey(path))))
  const byTags = byKey(own, ({ title, artist }) => (title === null ? [] : [tagsKey(title, artist)]))
  const byId = new Map(own.map((track) => [track.id, track]))

  const stepsFor = (track: Entry): readonly (() => Found)[] => {
    const { location, title, artist, durationSeconds, sizeBytes } = track
    const here = pathHere(track, options)
    const key = here === null ? '' : pathKey(here)
    const isMoved = location.path !== null && movedPath(location.path, moves) !== null
    const name = nameOfPath(key)
    const audio = sameAudio.get(track)
    const exact = (): Found => ({ tracks: lookUp(byPath, key), by: isMoved ? 'folder' : 'path' })
    const rest = withoutVolume(pathKey(location.path ?? ''))
    const onAnyVolume = (): Found => ({ tracks: lookUp(byRest, rest), by: 'path' })
    const same = (): Found => ({ tracks: audio === undefined ? [] : [byId.get(audio)!].filter(Boolean), by: 'audio' })
    const named = (): Found => ({
      tracks: lookUp(byName, name).filter(
        (one) =>
          (sizeBytes !== null && one.sizes.includes(sizeBytes)) ||
          isNear(one.durationSeconds, durationSeconds, NAME_SECONDS),
      ),
      by: 'name',
    })
    const tagged = (): Found => ({
      tracks: (title === null ? [] : (byTags.get(tagsKey(title, artist)) ?? [])).filter((one) =>
        isNear(one.durationSeconds, durationSeconds, TAGS_SECONDS),
      ),
      by: 'tags',
    })
    const byPlace = here === null || location.from === 'nowhere' ? [] : [exact, onAnyVolume]
    return [...byPlace, same, ...(name === '' ? [] : [named]), tagged]
  }

  const find = (track: Entry): TrackMatch<Entry> => {
    if (track.location.streaming !== null) return { foreign: track, trackId: null, reason: 'streaming' }
    let several = false
    for (const step of stepsFor(track)) {
      const { tracks, by } = step()
      if (tracks.length === 1) return { foreign: track, trackId: tracks[0]!.id, by }
      several ||= tracks.length > 1
    }
    return { foreign: track, trackId: null, reason: several ? 'several' : 'not found' }
  }
  return withoutSecond(foreign.map(find))
}

/** Of several entries for one track of ours the surest counts, and of equally sure ones the one that tells most. */
const withoutSecond = <Entry extends MatchEntry>(
  matches: readonly TrackMatch<Entry>[],
): readonly TrackMatch<Entry>[] => {
  const best = new Map<number, TrackMatch<Entry> & { readonly trackId: number }>()
  const worth = ({ foreign: { cues, phrases, playCount } }: TrackMatch<Entry>): number =>
    cues.length + phrases.length + (playCount ?? 0) / 1e6
  for (const match of matches) {
    if (match.trackId === null) continue
    const known = best.get(match.trackId)
    const rank = known && MATCHED_BY.indexOf(match.by) - MATCHED_BY.indexOf((known as { by: MatchedBy }).by)
    if (known === undefined || rank! < 0 || (rank === 0 && worth(match) > worth(known))) best.set(match.trackId, match)
  }
  return matches.map((match) =>
    match.trackId === null || best.get(match.trackId) === match
      ? match
      : { foreign: match.foreign, trackId: null, reason: 'twice', sameAs: match.trackId },
  )
}

/** A folder that seems to have moved, and how many more tracks would be found if the person says so. */
export type SuggestedMove = FolderMove & { readonly tracks: number }

const MOST_SUGGESTED = 5
/** One file that lies elsewhere may be a copy. */
const LEAST_WITNESSES = 2

/** A file in a folder of the same name. @param key of a path */
const endOfPath = (key: string): string => key.split('/').slice(-2).join('/')

/** The one track of ours that lies under the same name in a folder of the same name, where nothing else tells which it is. */
const likelyPath = (byEnd: ReadonlyMap<string, readonly string[]>, path: string): readonly string[] => {
  const end = endOfPath(pathKey(path))
  const found = end.includes('/') ? (byEnd.get(end) ?? []) : []
  return found.length === 1 ? found : []
}

/** Neither found nor explained: pointing at its folder may help. */
const isLost = (match: TrackMatch): boolean =>
  match.trackId === null && (match.reason === 'not found' || match.reason === 'several')

/** Folders that have moved, learnt from tracks that were found by other means than their path, or seem to lie elsewhere. */
export const suggestMoves = (matches: readonly TrackMatch[], own: readonly OwnTrack[]): readonly SuggestedMove[] => {
  const byId = new Map(own.map((track) => [track.id, track]))
  const allPaths = own.flatMap(({ paths }) => paths)
  const ownPaths = new Set(allPaths.map(pathKey))
  const byEnd = Map.groupBy(allPaths, (path) => endOfPath(pathKey(path)))
  const witnesses = new Map<string, { readonly move: FolderMove; count: number }>()
  for (const match of matches) {
    const { path } = match.foreign.location
    if (path === null || match.foreign.location.from === 'nowhere') continue
    if (match.trackId === null ? !isLost(match) : match.by === 'path' || match.by === 'folder') continue
    const likely = match.trackId !== null ? byId.get(match.trackId)!.paths : likelyPath(byEnd, path)
    for (const ownPath of likely) {
      const move = moveBetween(path, ownPath)
      if (move === null) continue
      const key = `${pathKey(move.from)}\n${pathKey(move.to)}`
      const known = witnesses.get(key)
      if (known) known.count++
      else witnesses.set(key, { move, count: 1 })
    }
  }
  const lost = matches.filter(isLost).flatMap(({ foreign }) => foreign.location.path || [])
  return [...witnesses.values()]
    .filter(({ count }) => count >= LEAST_WITNESSES)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_SUGGESTED)
    .map(({ move }) => ({
      ...move,
      tracks: lost.filter((path) => {
        const moved = movedPath(path, [move])
        return moved !== null && ownPaths.has(pathKey(moved))
      }).length,
    }))
    .filter(({ tracks }) => tracks > 0)
    .toSorted((a, b) => b.tracks - a.tracks)
}
