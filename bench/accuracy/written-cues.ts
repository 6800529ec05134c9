/** The truth of a corpus as the cues of another DJ program, as a DJ would have left them, and what the product makes of these. */
import { beatsToSeconds, secondsToBeats } from '../../src/core/beats/beat-grid.ts'
import { cuesToSpans, type ImportedSpan } from '../../src/core/interop/libraries/cues-to-spans.ts'
import type { ForeignCue } from '../../src/core/interop/libraries/foreign-library.ts'
import { SECTION_KINDS, type SectionKind } from '../../src/core/labels/section-kind.ts'
import type { Beats } from '../../src/core/units/units.ts'
import type { GriddedTrack } from './gridded-track.ts'

type Damage = { readonly missing: number; readonly misnamed: number; readonly jitterSeconds: number }

/** How cues are written, by what is said of them. */
export const WRITTEN: Readonly<Record<string, Damage>> = {
  'all, within 30 ms': { missing: 0, misnamed: 0, jitterSeconds: 0.03 },
  '10 % missing': { missing: 0.1, misnamed: 0, jitterSeconds: 0.03 },
  '10 % missing, 10 % misnamed': { missing: 0.1, misnamed: 0.1, jitterSeconds: 0.03 },
}
const WITHIN_BEATS = 1

/** A section of the truth, and the name that its cue got; null where it has none. */
type Written = {
  readonly start: number
  readonly end: number
  readonly named: SectionKind | null
  /** False for what the corpus itself is not sure of. */
  readonly counts: boolean
}

const writeCues = (
  gridded: GriddedTrack,
  { missing, misnamed, jitterSeconds }: Damage,
  random: () => number,
): { readonly cues: readonly ForeignCue[]; readonly written: readonly Written[] } => {
  const written = gridded.track.segments.map(({ start, end, label, counts }): Written => {
    const isMissing = random() < missing
    const others = SECTION_KINDS.filter((kind) => kind !== label)
    const other = others[Math.floor(random() * others.length)]!
    const isMisnamed = random() < misnamed
    return { start, end, counts, named: label === null || isMissing ? null : isMisnamed ? other : label }
  })
  const cues = written.flatMap(({ start, named }): ForeignCue[] => {
    const off = (2 * random() - 1) * jitterSeconds
    if (named === null) return []
    const startSeconds = Math.max(0, start + off)
    return [{ type: 'cue', pad: null, startSeconds, endSeconds: null, name: named, colour: null, isAutomatic: false }]
  })
  return { cues, written }
}

/** Without the edges that a model hears: none that is at hand is innocent of these tracks. */
const bringIn = ({ grid }: GriddedTrack, cues: readonly ForeignCue[]): readonly ImportedSpan[] =>
  cuesToSpans({ track: { cues, phrases: [] }, grid, offsetSeconds: 0, profile: new Map(), heard: [] }).spans

export type Recovered = {
  /** Sections that have a cue. */
  readonly cues: number
  /** Of these, those that begin within a beat as the kind that their cue names. */
  readonly starts: number
  /** Sections whose end has a cue, too: the next one, or the end of the track. */
  readonly closed: number
  /** Of these, those that begin and end within a beat. */
  readonly spans: number
}

const countRecovered = (
  { grid }: GriddedTrack,
  written: readonly Written[],
  spans: readonly ImportedSpan[],
): Recovered => {
  const isNear = (a: Beats, seconds: number): boolean => Math.abs(a - secondsToBeats(grid, seconds)) <= WITHIN_BEATS
  const begun = written.flatMap((one, at) => {
    if (!one.counts || one.named === null) return []
    const next = written[at + 1]
    const span = spans.find(({ kind, startBeat }) => kind === one.named && isNear(startBeat, one.start))
    const isEnd =
      span !== undefined && (next === undefined ? span.endBeat === grid.beatCount : isNear(span.endBeat, one.end))
    return [{ isFound: span !== undefined, isClosed: next === undefined || next.named !== null, isEnd }]
  })
  const closed = begun.filter(({ isClosed }) => isClosed)
  return {
    cues: begun.length,
    starts: begun.filter(({ isFound }) => isFound).length,
    closed: closed.length,
    spans: closed.filter(({ isEnd }) => isEnd).length,
  }
}

/** As if the truth were what was brought in; nobody learns from sections that the corpus itself is not sure of. */
const withImported = (
  gridded: GriddedTrack,
  written: readonly Written[],
  spans: readonly ImportedSpan[],
): GriddedTrack => ({
  ...gridded,
  track: {
    ...gridded.track,
    segments: spans.map(({ startBeat, endBeat, kind }) => {
      const [start, end] = [beatsToSeconds(gridded.grid, startBeat), beatsToSeconds(gridded.grid, endBeat)]
      const middle = (start + end) / 2
      const counts = written.find((one) => one.start <= middle && middle < one.end)?.counts ?? true
      return { start, end, label: kind, counts, innerBoundaries: [], isUnknownInside: false }
    }),
  },
})

/** The kind that most of a span has in truth. */
export const trueKind = ({ segments }: GriddedTrack['track'], start: number, end: number): SectionKind | null => {
  const shared = segments.map((one) => ({ ...one, shared: Math.min(one.end, end) - Math.max(one.start, start) }))
  return shared.toSorted((a, b) => b.shared - a.shared)[0]?.label ?? null
}

/** A track with its cues instead of its truth, and how much of the truth they brought. */
export const importTrack = (
  gridded: GriddedTrack,
  damage: Damage,
  random: () => number,
): { readonly imported: GriddedTrack; readonly recovered: Recovered } => {
  const { cues, written } = writeCues(gridded, damage, random)
  const spans = bringIn(gridded, cues)
  return { imported: withImported(gridded, written, spans), recovered: countRecovered(gridded, written, spans) }
}
