import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { type Metre, metreOf } from '../../core/labels/bar-text.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { isMissing, trackTitle } from '../../core/library/track.ts'
import { compareSections, type SectionDifference } from '../../core/sections/compare-sections.ts'
import { type StripPart, trackStrip } from '../../core/sections/track-strip.ts'
import type { Seconds } from '../../core/units/units.ts'
import type { SectionsOutline } from '../../platform/store/section-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { type AnalysisStatus, isStillTrue, visitAnalysisStatus } from '../analysis/analysis-state.ts'
import { sectionsHold } from '../kit/section-spec-digest.ts'
import { showModel } from '../versions/model-operations.ts'

type ChangedPart = SectionDifference & { readonly startSeconds: Seconds; readonly endSeconds: Seconds }

/** A track that two versions read differently. */
type ChangedTrack = Metre & {
  readonly trackId: number
  readonly title: string
  readonly artist: string | null
  /** Share of its beats that are of another kind. */
  readonly changedShare: number
  readonly differences: readonly ChangedPart[]
  readonly strips: readonly [readonly StripPart[], readonly StripPart[]]
}

export type LibraryComparison = {
  readonly versions: readonly [number, number]
  /** Tracks that both versions have read in their present state. */
  readonly tracksCompared: number
  /** Analysed tracks that the first, or the second, has yet to read. */
  readonly tracksUnread: readonly [number, number]
  readonly tracksChanged: number
  /** Share of all compared beats that changed. */
  readonly changedShare: number
  /** Kinds that became others, the most minutes first. */
  readonly changes: readonly { readonly one: SectionKind; readonly other: SectionKind; readonly minutes: number }[]
  /** Changed tracks, those that change most first. */
  readonly tracks: readonly ChangedTrack[]
}

export type LibraryComparisonOptions = {
  /** Most tracks to name. @default 50 */
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

const DEFAULT_LIMIT = 50

type Compared = ReturnType<typeof compareSections> & {
  readonly status: AnalysisStatus
  readonly outlines: readonly [SectionsOutline, SectionsOutline]
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4

const changedTrack = ({ status, outlines, differences, changedBeats, comparedBeats }: Compared): ChangedTrack => {
  const { track, analysis } = status
  const { grid } = status.grid!
  const { durationSeconds } = analysis!
  const [one, other] = outlines.map(
    ({ spans }) => trackStrip({ labels: [], sections: spans }, { grid, durationSeconds })!,
  )
  return {
    trackId: track.id,
    title: trackTitle(track),
    artist: track.tags.artist,
    changedShare: rounded(changedBeats / comparedBeats),
    ...metreOf(grid),
    differences: differences.map((part) => ({
      ...part,
      startSeconds: beatsToSeconds(grid, part.startBeat),
      endSeconds: beatsToSeconds(grid, part.endBeat),
    })),
    strips: [one!, other!],
  }
}

const changesIn = (compared: readonly Compared[]): LibraryComparison['changes'] => {
  const seconds = new Map<string, number>()
  for (const { status, differences } of compared)
    for (const { one, other, startBeat, endBeat } of differences) {
      const { grid } = status.grid!
      const length = beatsToSeconds(grid, endBeat) - beatsToSeconds(grid, startBeat)
      seconds.set(`${one} ${other}`, (seconds.get(`${one} ${other}`) ?? 0) + length)
    }
  return [...seconds]
    .sort(([, a], [, b]) => b - a)
    .map(([pair, length]) => {
      const [one, other] = pair.split(' ') as [SectionKind, SectionKind]
      return { one, other, minutes: rounded(length / 60) }
    })
}

/** Compares what two versions make of the library, where both have read it. @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
export const compareLibrary = async (
  store: Store,
  versions: readonly [number, number],
  { limit = DEFAULT_LIMIT, offset = 0 }: LibraryComparisonOptions = {},
): Promise<LibraryComparison> => {
  for (const version of versions) showModel(store, version)
  const compared: Compared[] = []
  const unread: [number, number] = [0, 0]
  const compare = (status: AnalysisStatus): void => {
    const { track, grid, analysis, stale } = status
    if (isMissing(track) || grid === null || analysis === null || !isStillTrue(stale)) return
    const outlines = versions.map((version) => {
      const outline = store.sections.outlines([track.id], version).get(track.id)
      const holds = outline?.gridDigest === grid.digest && sectionsHold(outline.specDigest, analysis.featureSpecDigest)
      return holds ? outline : null
    })
    const [one, other] = outlines
    if (!one) unread[0]++
    if (!other) unread[1]++
    if (one && other) compared.push({ ...compareSections(one.spans, other.spans), status, outlines: [one, other] })
  }
  await visitAnalysisStatus(store, compare)
  const changed = compared.filter(({ changedBeats }) => changedBeats > 0)
  const shareOf = ({ changedBeats, comparedBeats }: Compared): number => changedBeats / comparedBeats
  const sum = (beats: readonly number[]): number => beats.reduce((total, one) => total + one, 0)
  const all = sum(compared.map(({ comparedBeats }) => comparedBeats))
  return {
    versions,
    tracksCompared: compared.length,
    tracksUnread: unread,
    tracksChanged: changed.length,
    changedShare: all === 0 ? 0 : rounded(sum(changed.map(({ changedBeats }) => changedBeats)) / all),
    changes: changesIn(changed),
    tracks: changed
      .sort((a, b) => shareOf(b) - shareOf(a))
      .slice(offset, offset + limit)
      .map(changedTrack),
  }
}
