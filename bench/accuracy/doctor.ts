/**
 * How soon the label doctor comes to mistakes that were planted into a corpus: in the list that a person would work through, which ranks every
 * label's kind and every inner edge, the most suspicious first.
 */
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { SECTION_KINDS } from '../../src/core/labels/section-kind.ts'
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { doctorList } from '../../src/core/training/doctor-list.ts'
import type { TrainingTrack } from '../../src/core/training/label-rows.ts'
import { findSuspects } from '../../src/core/training/suspect-labels.ts'
import { layGrids, type Prepared } from './folds.ts'
import { meanOf } from './mean-of.ts'
import { generatedEdges, phraseShiftFigures, phraseShiftTable } from './phrase-shifts.ts'
import { alignColumns } from './table.ts'
import { toTraining } from './train.ts'

const PLANTED_SHARE = 0.05
const MOST_BARS = 4
const FIRST_SHARES = [0.05, 0.1, 0.2] as const
/** Of the edges of generated tracks that lie beside their place. */
const BESIDE_SHARE = 0.1
/** A moved edge leaves both of its labels at least so long. */
const LEAST_BEATS = 8

type Planted = {
  readonly tracks: readonly TrainingTrack[]
  /** Ids of labels that got another kind. */
  readonly kinds: ReadonlySet<string>
  /** Where edges lie that were moved, by track and beat. */
  readonly edges: ReadonlySet<string>
}

const edgeKey = (audioDigest: string, beat: number): string => `${audioDigest} ${beat}`

const plantKinds = (tracks: readonly TrainingTrack[], random: () => number): Pick<Planted, 'tracks' | 'kinds'> => {
  const ids = tracks.flatMap(({ labels }) => labels.map(({ id }) => id))
  const known = SECTION_KINDS.filter((kind) => tracks.some(({ labels }) => labels.some((one) => one.kind === kind)))
  const kinds = new Set(shuffle(ids, random).slice(0, Math.round(PLANTED_SHARE * ids.length)))
  const other = (kind: string): (typeof known)[number] => {
    const others = known.filter((one) => one !== kind)
    return others[Math.floor(random() * others.length)]!
  }
  return {
    kinds,
    tracks: tracks.map((track) => ({
      ...track,
      labels: track.labels.map((label) => (kinds.has(label.id) ? { ...label, kind: other(label.kind) } : label)),
    })),
  }
}

/** Moves edges by one to four bars either way, for both labels that share them. */
const plantEdges = (tracks: readonly TrainingTrack[], random: () => number): Pick<Planted, 'tracks' | 'edges'> => {
  const all = tracks.flatMap(({ audioDigest, labels, matrix }, at) =>
    [...new Set(labels.flatMap(({ startBeat, endBeat }) => [startBeat, endBeat]))]
      .filter((beat) => beat > 4 && beat < matrix.beats - 4)
      .map((beat) => ({ at, audioDigest, beat })),
  )
  const wanted = Math.round(PLANTED_SHARE * all.length)
  const moved = tracks.map(({ labels }) => [...labels])
  const edges = new Set<string>()
  for (const { at, audioDigest, beat } of shuffle(all, random)) {
    if (edges.size === wanted) break
    const bars = (1 + Math.floor(random() * MOST_BARS)) * (random() < 0.5 ? -1 : 1)
    const place = beat + bars * tracks[at]!.grid.beatsPerBar
    const after = moved[at]!.map((label) => ({
      ...label,
      ...(label.startBeat === beat ? { startBeat: place } : {}),
      ...(label.endBeat === beat ? { endBeat: place } : {}),
    }))
    const isOrderly = after.every(
      (label, n) =>
        label.endBeat - label.startBeat >= LEAST_BEATS &&
        label.startBeat >= 0 &&
        label.endBeat <= tracks[at]!.matrix.beats &&
        after.every((other, m) => m === n || other.endBeat <= label.startBeat || label.endBeat <= other.startBeat),
    )
    if (!isOrderly) continue
    moved[at] = after
    edges.add(edgeKey(audioDigest, place))
  }
  return { edges, tracks: tracks.map((track, at) => ({ ...track, labels: moved[at]! })) }
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

export const evaluateDoctor = async (
  { tracks, features }: Prepared,
  {
    seed,
    shuffles,
    onStep,
  }: { readonly seed: number; readonly shuffles: number; readonly onStep: (text: string) => void },
): Promise<string> => {
  const gridded = await layGrids(tracks, shippedBarPhaseModel, { features })
  const labelled = gridded.map(toTraining).filter(({ labels }) => labels.length > 0)
  const edged = gridded.map((track) => ({ grid: track.grid, labels: toTraining(track).labels }))
  const found = new Map(FIRST_SHARES.map((share) => [share, { kinds: [] as number[], edges: [] as number[] }]))
  const [mended, placed]: [number[], number[]] = [[], []]
  let sizes = ''
  for (let draw = 0; draw < shuffles; draw++) {
    onStep(`doctor: draw ${draw + 1} of ${shuffles}`)
    const random = createRandom(seed + draw)
    const withEdges = plantEdges(labelled, random)
    const planted: Planted = { edges: withEdges.edges, ...plantKinds(withEdges.tracks, random) }
    const suspects = await findSuspects({ tracks: planted.tracks, seed: seed + draw })
    if (suspects === null) return 'Too few tracks for the label doctor.'
    const list = doctorList(suspects)
    sizes = `${suspects.kinds.length} labels and ${suspects.edges.length} edges; planted: ${planted.kinds.size} wrong kinds, ${planted.edges.size} moved edges`
    for (const [share, { kinds, edges }] of found) {
      const looked = list.slice(0, Math.round(share * list.length))
      kinds.push(
        looked.filter((one) => one.what === 'kind' && planted.kinds.has(one.labelId)).length / planted.kinds.size,
      )
      edges.push(
        looked.filter((one) => one.what === 'edge' && planted.edges.has(edgeKey(one.audioDigest, one.beat))).length /
          planted.edges.size,
      )
    }
    const truth = new Map(labelled.flatMap(({ labels }) => labels.map((label) => [label.id, label])))
    const wrong = suspects.kinds.filter(({ labelId }) => planted.kinds.has(labelId))
    mended.push(meanOf(wrong.map(({ labelId, likely }) => (truth.get(labelId)!.kind === likely ? 1 : 0))))
    const off = suspects.edges.filter((one) => planted.edges.has(edgeKey(one.audioDigest, one.beat)))
    placed.push(
      meanOf(
        off.map(({ leftId, rightId, likelyBeat }) => {
          const right = leftId === null ? truth.get(rightId!)!.startBeat : truth.get(leftId)!.endBeat
          return Math.abs(right - likelyBeat) <= 1 ? 1 : 0
        }),
      ),
    )
  }
  return [
    `A list of ${sizes}. Mean of ${shuffles} draws:`,
    alignColumns([
      ['first of the list', 'wrong kinds found', 'moved edges found'],
      ...[...found].map(([share, { kinds, edges }]) => [
        percent(share),
        percent(meanOf(kinds)),
        percent(meanOf(edges)),
      ]),
    ]),
    `One key would mend: ${percent(meanOf(mended))} of the wrong kinds get their true kind, ${percent(meanOf(placed))} of the moved edges their true beat (within one).`,
    phraseShiftTable([
      ...phraseShiftFigures('generated', generatedEdges(seed, 0), seed),
      ...phraseShiftFigures(`generated, ${percent(BESIDE_SHARE)} beside`, generatedEdges(seed, BESIDE_SHARE), seed),
      ...phraseShiftFigures('corpus', edged, seed),
    ]),
  ].join('\n\n')
}
