import type { MatchedBy, UnmatchedReason } from '../../core/interop/libraries/match-tracks.ts'
import type { PlaylistFates } from '../../platform/store/imported-playlists.ts'
import type { LookedThrough, UnmatchedTrack } from '../../platform/workers/look-through.ts'

/** What came, or would come, of the tracks that are ours. */
export type BroughtIn = {
  readonly suggestions: number
  /** Tracks that have some of them. */
  readonly suggestedTracks: number
  /** Sections that were suggested, decided on or labelled before. */
  readonly alreadyThere: number
  /** Ours, but without a grid: their cues become suggestions once they are analysed. */
  readonly notAnalysed: number
  /** Cues with a meaning that lay more than half a beat from where they were put. */
  readonly offGrid: number
  /** Cues beyond the ends of their tracks. */
  readonly outside: number
  readonly tooShort: number
  /** Tracks whose cues were moved because the other program starts them at another moment, and by how much. */
  readonly offsetTracks: number
  readonly medianOffsetSeconds: number | null
  /** The least and the most of them. */
  readonly offsetRangeSeconds: readonly [number, number] | null
  /** Tracks whose grid differs from ours, and how many of these were taken. */
  readonly otherGrids: number
  readonly gridsTaken: number
  /** Tracks that got a rating, a colour, a comment or a play count. */
  readonly noted: number
} & PlaylistCounts

type PlaylistCounts = {
  readonly playlistsAdded: number
  /** Brought by an earlier import, and made as they are in the library now. */
  readonly playlistsUpdated: number
  /** Brought by an earlier import and changed by the person since: they stay as they are. */
  readonly playlistsKept: number
  /** Brought by an earlier import and deleted by the person since: they are left out. */
  readonly playlistsDeleted: number
}

export const playlistCounts = ({ added, updated, kept, deleted }: PlaylistFates): PlaylistCounts => ({
  playlistsAdded: added,
  playlistsUpdated: updated,
  playlistsKept: kept,
  playlistsDeleted: deleted,
})

/** A library of another program: what it holds, what of it is ours, and what came of that. */
export type LibraryReport = Pick<
  LookedThrough,
  'format' | 'title' | 'source' | 'program' | 'version' | 'moves' | 'questions' | 'unasked' | 'known' | 'warnings'
> &
  LookedThrough['counts'] &
  BroughtIn & {
    readonly matched: number
    readonly unmatched: number
    readonly matchedBy: readonly { readonly by: MatchedBy; readonly tracks: number }[]
    readonly unmatchedBy: readonly { readonly reason: UnmatchedReason; readonly tracks: number }[]
    /** The first of those that are not ours. */
    readonly missing: readonly UnmatchedTrack[]
    /** Null where nothing was changed. */
    readonly importId: number | null
  }

const COUNTS = [
  'tracks',
  'cues',
  'loops',
  'phrases',
  'grids',
  'playlists',
  'matched',
  'unmatched',
  'suggestions',
  'alreadyThere',
] as const

/** What scripts ask for first: of several libraries the largest is named, and the numbers are summed. */
type BringInSummary = {
  readonly format: LibraryReport['format'] | null
  readonly program: string | null
  readonly version: string | null
} & Readonly<Record<(typeof COUNTS)[number], number>> &
  Pick<LibraryReport, 'warnings'>

export type BringInReport = BringInSummary & {
  /** Nothing was changed: this is what would be. */
  readonly dryRun: boolean
  /** Each by itself. */
  readonly libraries: readonly LibraryReport[]
  /** Tracks with another grid now: they are analysed anew. */
  readonly regridded: readonly number[]
}

export const libraryReport = (looked: LookedThrough, brought: BroughtIn, importId: number | null): LibraryReport => {
  const { format, title, source, program, version, counts, moves, questions, unasked, known, warnings } = looked
  return {
    format,
    title,
    source,
    program,
    version,
    ...counts,
    matched: looked.matched.length,
    unmatched: looked.unmatched,
    matchedBy: looked.matchedBy,
    unmatchedBy: looked.unmatchedBy,
    missing: looked.missing,
    moves,
    questions,
    unasked,
    known,
    warnings,
    ...brought,
    importId,
  }
}

/** The one with most tracks, of as many the one with most cues, loops and phrases. */
const largestOf = (libraries: readonly LibraryReport[]): LibraryReport | undefined =>
  libraries.toSorted((a, b) => b.tracks - a.tracks || b.cues + b.loops + b.phrases - (a.cues + a.loops + a.phrases))[0]

export const bringInReport = (
  libraries: readonly LibraryReport[],
  { dryRun, regridded }: Pick<BringInReport, 'dryRun' | 'regridded'>,
): BringInReport => {
  const largest = largestOf(libraries)
  const sums = COUNTS.map((name) => [name, libraries.reduce((sum, one) => sum + one[name], 0)] as const)
  return {
    format: largest?.format ?? null,
    program: largest?.program ?? null,
    version: largest?.version ?? null,
    ...(Object.fromEntries(sums) as Record<(typeof COUNTS)[number], number>),
    warnings: libraries.flatMap(({ warnings }) => warnings),
    dryRun,
    libraries,
    regridded,
  }
}

/** What was seen of single tracks, to be summed. */
export type TrackTally = {
  readonly suggestions: number
  readonly alreadyThere: number
  readonly isAnalysed: boolean
  readonly offGrid: number
  readonly outside: number
  readonly tooShort: number
  readonly offsetSeconds: number | null
  readonly isOtherGrid: boolean
  readonly isGridTaken: boolean
  readonly isNoted: boolean
}

export const sumTallies = (tallies: readonly TrackTally[]): Omit<BroughtIn, keyof PlaylistCounts> => {
  const sum = (of: (tally: TrackTally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0)
  const count = (is: (tally: TrackTally) => boolean): number => tallies.filter(is).length
  const offsets = tallies.flatMap(({ offsetSeconds }) => offsetSeconds ?? []).toSorted((a, b) => a - b)
  return {
    suggestions: sum(({ suggestions }) => suggestions),
    suggestedTracks: count(({ suggestions }) => suggestions > 0),
    alreadyThere: sum(({ alreadyThere }) => alreadyThere),
    notAnalysed: count(({ isAnalysed }) => !isAnalysed),
    offGrid: sum(({ offGrid }) => offGrid),
    outside: sum(({ outside }) => outside),
    tooShort: sum(({ tooShort }) => tooShort),
    offsetTracks: offsets.length,
    medianOffsetSeconds: offsets[Math.floor(offsets.length / 2)] ?? null,
    offsetRangeSeconds: offsets.length === 0 ? null : [offsets[0]!, offsets.at(-1)!],
    otherGrids: count(({ isOtherGrid }) => isOtherGrid),
    gridsTaken: count(({ isGridTaken }) => isGridTaken),
    noted: count(({ isNoted }) => isNoted),
  }
}
