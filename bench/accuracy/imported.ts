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
import { DOUBTED_CHANCE } from '../../src/core/training/doubted-chance.ts'
import type { Beats } from '../../src/core/units/units.ts'
import { scorePairs } from './figure.ts'
import { foldSides, laySides, type Prepared } from './folds.ts'
import type { GriddedTrack } from './gridded-track.ts'
import { alignColumns } from './table.ts'
import { labelSpans, toTraining, trainModels, trainSpans } from './train.ts'

type Damage = { readonly missing: number; readonly misnamed: number; readonly jitterSeconds: number }

/** How cues are written, by what is said of them. */
const WRITTEN: Readonly<Record<string, Damage>> = {
  'all, within 30 ms': { missing: 0, misnamed: 0, jitterSeconds: 0.03 },
  '10 % missing': { missing: 0.1, misnamed: 0, jitterSeconds: 0.03 },
  '10 % missing, 10 % misnamed': { missing: 0.1, misnamed: 0.1, jitterSeconds: 0.03 },
}
const WITHIN_BEATS = 1
const TRUTH = 'the truth'

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

type Doubted = { readonly labels: number; readonly wrong: number; readonly doubted: number; readonly found: number }

/** The kind that most of a span has in truth. */
const trueKind = ({ segments }: GriddedTrack['track'], start: number, end: number): SectionKind | null => {
  const shared = segments.map((one) => ({ ...one, shared: Math.min(one.end, end) - Math.max(one.start, start) }))
  return shared.toSorted((a, b) => b.shared - a.shared)[0]?.label ?? null
}

/** Labels that the model trained on the others does not believe, and how many of these are wrong. */
const countDoubted = async (train: readonly GriddedTrack[], imported: readonly GriddedTrack[]): Promise<Doubted> => {
  const tracks = imported.map(toTraining)
  const doubted = new Set(
    (await trainModels(imported)).outOfFold.flatMap(({ labelId, kind, probabilities, kinds }) =>
      probabilities[kinds.indexOf(kind)]! < DOUBTED_CHANCE ? [labelId] : [],
    ),
  )
  const judged = tracks.flatMap(({ labels }, at) =>
    labels.map(({ id, kind, startBeat, endBeat }) => {
      const { grid } = train[at]!
      const [start, end] = [beatsToSeconds(grid, startBeat), beatsToSeconds(grid, endBeat)]
      return { isWrong: trueKind(train[at]!.track, start, end) !== kind, isDoubted: doubted.has(id) }
    }),
  )
  return {
    labels: judged.length,
    wrong: judged.filter(({ isWrong }) => isWrong).length,
    doubted: judged.filter(({ isDoubted }) => isDoubted).length,
    found: judged.filter(({ isWrong, isDoubted }) => isWrong && isDoubted).length,
  }
}

type Pair = { readonly truth: SectionKind; readonly predicted: SectionKind }
type Options = { readonly seed: number; readonly shuffles: number; readonly onFold: (text: string) => void }

export const evaluateImported = async (corpus: Prepared, { seed, shuffles, onFold }: Options): Promise<string> => {
  const pairs = new Map<string, Pair[]>([TRUTH, ...Object.keys(WRITTEN)].map((name) => [name, []]))
  const recovered = new Map<string, Recovered[]>(Object.keys(WRITTEN).map((name) => [name, []]))
  const doubts = new Map<string, Doubted[]>(Object.keys(WRITTEN).map((name) => [name, []]))
  for (let shuffled = 0; shuffled < shuffles; shuffled++) {
    const random = createRandom(seed + shuffled)
    for (const [fold, sides] of foldSides(corpus, seed + shuffled).entries()) {
      onFold(`shuffle ${shuffled + 1} of ${shuffles}, fold ${fold + 1}`)
      const { train, test } = await laySides(sides.train, sides.test)
      const learn = async (name: string, tracks: readonly GriddedTrack[]): Promise<void> => {
        const head = await trainSpans(tracks)
        for (const gridded of test) {
          const said = labelSpans(head, gridded)
          for (const [n, { label, counts }] of gridded.track.segments.entries())
            if (label && counts) pairs.get(name)!.push({ truth: label, predicted: said[n]!.label })
        }
      }
      await learn(TRUTH, train)
      for (const [name, damage] of Object.entries(WRITTEN)) {
        const imported = train.map((gridded) => {
          const { cues, written } = writeCues(gridded, damage, random)
          const spans = bringIn(gridded, cues)
          recovered.get(name)!.push(countRecovered(gridded, written, spans))
          return withImported(gridded, written, spans)
        })
        await learn(name, imported)
        doubts.get(name)!.push(await countDoubted(train, imported))
      }
    }
  }
  const scores = [...pairs].map(([name, said]) => {
    const { accuracy, macroF1 } = scorePairs(said)
    return [name, accuracy.toFixed(3), macroF1.toFixed(3)]
  })
  const shares = [...recovered].map(([name, counts]) => {
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
  const looks = [...doubts].map(([name, counts]) => {
    const sum = (of: (one: Doubted) => number): number => counts.reduce((total, one) => total + of(one), 0)
    const [doubted, found, wrong] = [sum((one) => one.doubted), sum((one) => one.found), sum((one) => one.wrong)]
    return [
      name,
      String(sum(({ labels }) => labels)),
      String(wrong),
      String(doubted),
      doubted === 0 ? '' : (found / doubted).toFixed(2),
      wrong === 0 ? '' : (found / wrong).toFixed(2),
    ]
  })
  return [
    alignColumns([['learnt from', 'accuracy', 'macro-F1'], ...scores]),
    alignColumns([
      ['cues', 'with a cue', 'begin within a beat', 'with cues at both ends', 'begin and end within a beat'],
      ...shares,
    ]),
    alignColumns([['cues', 'labels', 'wrong', 'doubted', 'doubted: wrong', 'wrong: doubted'], ...looks]),
  ].join('\n\n')
}
