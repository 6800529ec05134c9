/**
 * What a model is worth that learnt from the cues of another DJ program instead of the truth. The truth of a corpus is written as cues, the way a
 * DJ would have left them: some missing, some with the name of another kind, all of them a few milliseconds off; these are brought in as the
 * product does it. Measured on the tracks left out: the span head alone, on given spans.
 */
import { beatsToSeconds, secondsToBeats } from '../../src/core/beats/beat-grid.ts'
import { cuesToSpans, type ImportedSpan } from '../../src/core/interop/libraries/cues-to-spans.ts'
import type { ForeignCue } from '../../src/core/interop/libraries/foreign-library.ts'
import { SECTION_KINDS, type SectionKind } from '../../src/core/labels/section-kind.ts'
import { createRandom } from '../../src/core/support/random.ts'
import type { Beats } from '../../src/core/units/units.ts'
import { foldTracks, laySides, type Prepared } from './folds.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { alignColumns, scorePairs } from './table.ts'
import { labelSpans, trainSpans } from './train.ts'

type Damage = { readonly missing: number; readonly misnamed: number; readonly jitterSeconds: number }

const ONLY_OFF: Damage = { missing: 0, misnamed: 0, jitterSeconds: 0.03 }
const AS_LEFT: Damage = { missing: 0.1, misnamed: 0.1, jitterSeconds: 0.03 }
const WITHIN_BEATS = 1
const ONLY = 'all, within 30 ms'
const LEFT = '10 % missing, 10 % misnamed, within 30 ms'

/** A section of the truth, neighbours of one kind joined, and the name that its cue got; null where it has none. */
type Written = {
  readonly start: number
  readonly end: number
  readonly named: SectionKind | null
  /** False for what the corpus itself is not sure of. */
  readonly counts: boolean
}

const sectionsOf = ({ track }: GriddedTrack) => {
  const joined: { start: number; end: number; label: SectionKind | null; counts: boolean }[] = []
  for (const { start, end, label, counts } of track.segments) {
    const last = joined.at(-1)
    if (last && last.label === label && label !== null) last.end = end
    else joined.push({ start, end, label, counts })
  }
  return joined
}

const writeCues = (
  gridded: GriddedTrack,
  { missing, misnamed, jitterSeconds }: Damage,
  random: () => number,
): { readonly cues: readonly ForeignCue[]; readonly written: readonly Written[] } => {
  const written = sectionsOf(gridded).map(({ start, end, label, counts }): Written => {
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

type Recovered = {
  /** Sections that have a cue. */
  readonly cues: number
  /** Of these, those that begin within a beat as the kind that their cue names. */
  readonly starts: number
  /** Sections whose end has a cue, too: the next one, or the end of the track. */
  readonly closed: number
  /** Of these, those that begin and end within a beat. */
  readonly spans: number
}

/** Neighbours whose cues have the same name are one span, as they are to whoever reads the cues. */
const countRecovered = (
  { grid }: GriddedTrack,
  written: readonly Written[],
  spans: readonly ImportedSpan[],
): Recovered => {
  const isNear = (a: Beats, seconds: number): boolean => Math.abs(a - secondsToBeats(grid, seconds)) <= WITHIN_BEATS
  const begun = written.flatMap((one, at) => {
    const before = written.slice(0, at).findLast(({ named }) => named !== null)
    if (!one.counts || one.named === null || before?.named === one.named) return []
    const other = written.findIndex(({ named }, later) => later > at && named !== one.named)
    const last = other === -1 ? written.length - 1 : other - 1
    const isClosed = other === -1 || written[other]!.named !== null
    const span = spans.find(({ kind, startBeat }) => kind === one.named && isNear(startBeat, one.start))
    const isEnd =
      span !== undefined && (other === -1 ? span.endBeat === grid.beatCount : isNear(span.endBeat, written[last]!.end))
    return [{ isFound: span !== undefined, isClosed, isEnd }]
  })
  const closed = begun.filter(({ isClosed }) => isClosed)
  return {
    cues: begun.length,
    starts: begun.filter(({ isFound }) => isFound).length,
    closed: closed.length,
    spans: closed.filter(({ isEnd }) => isEnd).length,
  }
}

/** As if the truth were what was brought in. */
const withImported = (gridded: GriddedTrack, spans: readonly ImportedSpan[]): GriddedTrack => ({
  ...gridded,
  track: {
    ...gridded.track,
    segments: spans.map(({ startBeat, endBeat, kind }) => ({
      start: beatsToSeconds(gridded.grid, startBeat),
      end: beatsToSeconds(gridded.grid, endBeat),
      label: kind,
      counts: true,
      innerBoundaries: [],
    })),
  },
})

type Pair = { readonly truth: SectionKind; readonly predicted: SectionKind }
type Options = { readonly seed: number; readonly shuffles: number; readonly onFold: (text: string) => void }

export const evaluateImported = async (corpus: Prepared, { seed, shuffles, onFold }: Options): Promise<string> => {
  const pairs = { truth: [] as Pair[], imported: [] as Pair[] }
  const recovered = { [ONLY]: [] as Recovered[], [LEFT]: [] as Recovered[] }
  for (let shuffled = 0; shuffled < shuffles; shuffled++) {
    const random = createRandom(seed + shuffled)
    const folds = foldTracks(corpus.tracks, seed + shuffled)
    for (let fold = 0; fold <= Math.max(...folds); fold++) {
      onFold(`shuffle ${shuffled + 1} of ${shuffles}, fold ${fold + 1}`)
      const side = (isTest: boolean): Pick<Prepared, 'tracks' | 'features'> => ({
        tracks: corpus.tracks.filter((_, track) => (folds[track] === fold) === isTest),
        features: corpus.features,
      })
      const { train, test } = await laySides(side(false), side(true))
      const imported = train.map((gridded) => {
        const whole = writeCues(gridded, ONLY_OFF, random)
        recovered[ONLY].push(countRecovered(gridded, whole.written, bringIn(gridded, whole.cues)))
        const left = writeCues(gridded, AS_LEFT, random)
        const spans = bringIn(gridded, left.cues)
        recovered[LEFT].push(countRecovered(gridded, left.written, spans))
        return withImported(gridded, spans)
      })
      for (const [name, tracks] of [
        ['truth', train],
        ['imported', imported],
      ] as const) {
        const head = await trainSpans(tracks)
        for (const gridded of test) {
          const said = labelSpans(head, gridded)
          for (const [n, { label, counts }] of gridded.track.segments.entries())
            if (label && counts) pairs[name].push({ truth: label, predicted: said[n]!.label })
        }
      }
    }
  }
  const scores = Object.entries(pairs).map(([name, said]) => {
    const { accuracy, macroF1 } = scorePairs(said)
    return [name === 'truth' ? 'the truth' : 'imported cues', accuracy.toFixed(3), macroF1.toFixed(3)]
  })
  const shares = Object.entries(recovered).map(([name, counts]) => {
    const sum = (of: (one: Recovered) => number): number => counts.reduce((total, one) => total + of(one), 0)
    const [cues, closed] = [sum((one) => one.cues), sum((one) => one.closed)]
    return [
      name,
      String(cues),
      (sum(({ starts }) => starts) / cues).toFixed(3),
      String(closed),
      (sum(({ spans }) => spans) / closed).toFixed(3),
    ]
  })
  return [
    alignColumns([['learnt from', 'accuracy', 'macro-F1'], ...scores]),
    alignColumns([
      ['cues written', 'with a cue', 'begin within a beat', 'with cues at both ends', 'begin and end within a beat'],
      ...shares,
    ]),
  ].join('\n\n')
}
