/**
 * What the program says of a corpus's own labels, all of which are right: how many it asks about, how many joined pairs of sections it finds, and
 * whether more tracks bring what the learning curve said they would.
 */
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { mostLikely } from '../../src/core/evaluation/classification-scores.ts'
import { featureSpecString } from '../../src/core/features/feature-spec.ts'
import { SECTION_KINDS } from '../../src/core/labels/section-kind.ts'
import { logitsToProbabilities, predictLogits } from '../../src/core/models/boosted-trees.ts'
import { checkLabels } from '../../src/core/sections/check-labels.ts'
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { fitBoostedTreesAsync } from '../../src/core/training/fit-boosted-trees.ts'
import { foldsOfLabels, groupOf } from '../../src/core/training/grouped-folds.ts'
import {
  classWeights,
  collectSamples,
  prepareTracks,
  spanRowsOf,
  type TrainingTrack,
} from '../../src/core/training/label-rows.ts'
import type { LearningCurve } from '../../src/core/training/learning-curve.ts'
import { spanHeadOptions } from '../../src/core/training/span-head-options.ts'
import { trainSections } from '../../src/core/training/train-sections.ts'
import { layGrids, type Prepared } from './folds.ts'
import { toTraining } from './train.ts'

/** Labels of so many tracks are added, several times others of those that were held back. */
const ADDED_TRACKS = 10
const ADDITIONS = 6
const HELD_BACK_TRACKS = 19
const FOLDS = 5
const ROUNDS = 60
/** What a single fit says of a change of two points is noise. */
const FITS = 2

type GriddedLabels = TrainingTrack & { readonly grid: Parameters<typeof checkLabels>[0]['grid'] }

const checksOf = (tracks: readonly GriddedLabels[]): readonly string[] => {
  const checked = tracks.map(({ grid, matrix: features, labels }) => ({
    grid,
    features,
    labels: labels.map((label, id) => ({ ...label, id })).toSorted((a, b) => a.startBeat - b.startBeat),
  }))
  const total = checked.reduce((sum, { labels }) => sum + labels.length, 0)
  const flaws = checked.flatMap((track, at) => checkLabels(track).map((flaw) => ({ ...flaw, at })))
  const counts = [...Map.groupBy(flaws, ({ code }) => code)].map(([code, own]) => `${code} ${own.length}`)
  const asked = new Set(flaws.map(({ at, labelId }) => `${at} ${labelId}`)).size
  let [joined, found] = [0, 0]
  for (const { labels, ...track } of checked)
    for (const [at, label] of labels.entries()) {
      const next = labels[at + 1]
      if (!next || next.startBeat !== label.endBeat || next.kind === label.kind) continue
      joined++
      const both = { ...label, endBeat: next.endBeat }
      if (checkLabels({ ...track, labels: [both] }).some(({ code }) => code === 'PERHAPS_TWO_TYPES')) found++
    }
  return [
    `Right labels that are asked about: ${asked} of ${total} (${counts.join(', ')})`,
    `Two neighbours joined to one label: found in ${found} of ${joined}`,
  ]
}

const curveOf = async (tracks: readonly TrainingTrack[], seed: number): Promise<LearningCurve | null> => {
  const options = { featureSpec: featureSpecString(), seed, minSamples: 1, learningCurve: true }
  return (await trainSections({ tracks, options })).learningCurve
}

/** Accuracy on the labels of some tracks, each by models that saw the others and what is added. */
const accuracyWith = async (
  tracks: readonly TrainingTrack[],
  added: readonly TrainingTrack[],
  seed: number,
): Promise<number> => {
  const samples = collectSamples(prepareTracks([...tracks, ...added]), SECTION_KINDS)
  const own = samples.filter(({ track }) => tracks.some(({ audioDigest }) => audioDigest === track.audioDigest))
  const classCount = SECTION_KINDS.length
  const folds = foldsOfLabels(own, { classCount, foldCount: FOLDS, seed })
  const { rows, columnCount } = spanRowsOf(samples)
  const rowsOf = (picked: readonly number[]): Float32Array => {
    const taken = new Float32Array(picked.length * columnCount)
    for (const [at, row] of picked.entries())
      taken.set(rows.subarray(row * columnCount, (row + 1) * columnCount), at * columnCount)
    return taken
  }
  let right = 0
  for (let fold = 0; fold < FOLDS; fold++) {
    // Those of `tracks` come first.
    const test = [...own.keys()].filter((sample) => folds[sample] === fold)
    const train = [...samples.keys()].filter((sample) => sample >= own.length || folds[sample] !== fold)
    const targets = train.map((sample) => samples[sample]!.target)
    for (let fit = 0; fit < FITS; fit++) {
      const trees = await fitBoostedTreesAsync({
        rows: rowsOf(train),
        rowCount: train.length,
        columnCount,
        targets,
        classCount,
        weights: classWeights(targets, classCount, 1),
        options: { ...spanHeadOptions(train.length), rounds: ROUNDS, seed: seed + fit, earlyStoppingRounds: null },
      })
      const logits = predictLogits(trees, rowsOf(test), test.length)
      const said = mostLikely(logitsToProbabilities(logits, classCount, 1), classCount)
      right += test.filter((sample, at) => samples[sample]!.target === said[at]).length / FITS
    }
  }
  return right / own.length
}

/** Whole artists at a time, so that what is added is new. */
const holdBack = (
  tracks: readonly TrainingTrack[],
  seed: number,
): { readonly present: readonly TrainingTrack[]; readonly heldBack: readonly TrainingTrack[] } => {
  const heldBack: TrainingTrack[] = []
  for (const own of shuffle([...Map.groupBy(tracks, groupOf).values()], createRandom(seed)))
    if (heldBack.length + own.length <= HELD_BACK_TRACKS) heldBack.push(...own)
  return { present: tracks.filter((track) => !heldBack.includes(track)), heldBack }
}

/** Mean over additions of tracks: what was said is a mean too. */
const meanGain = async (
  present: readonly TrainingTrack[],
  heldBack: readonly TrainingTrack[],
  seed: number,
): Promise<number> => {
  const random = createRandom(seed)
  let sum = 0
  for (let addition = 0; addition < ADDITIONS; addition++)
    sum += await accuracyWith(present, shuffle(heldBack, random).slice(0, ADDED_TRACKS), seed)
  return sum / ADDITIONS - (await accuracyWith(present, [], seed))
}

const points = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`

const withShuffledKinds = (tracks: readonly TrainingTrack[], seed: number): readonly TrainingTrack[] => {
  const kinds = shuffle(
    tracks.flatMap(({ labels }) => labels.map(({ kind }) => kind)),
    createRandom(seed),
  )
  return tracks.map((track) => ({ ...track, labels: track.labels.map((label) => ({ ...label, kind: kinds.pop()! })) }))
}

export const evaluateAdvice = async (
  { tracks, features }: Prepared,
  { seeds, onStep }: { readonly seeds: number; readonly onStep: (text: string) => void },
): Promise<string> => {
  const gridded = await layGrids(tracks, shippedBarPhaseModel, { features })
  const labelled: readonly GriddedLabels[] = gridded
    .map((track) => ({ ...toTraining(track), grid: track.grid }))
    .filter(({ labels }) => labels.length > 0)
  const lines = [...checksOf(labelled)]
  if ((await curveOf(labelled, 1)) === null) return [...lines, 'Too few tracks for a learning curve.'].join('\n')
  lines.push('', 'What more labels are worth, said of all tracks:')
  let [promised, held] = [0, 0]
  const trials: string[] = []
  for (let seed = 1; seed <= seeds; seed++) {
    onStep(`advice: draw ${seed} of ${seeds}`)
    lines.push(`  seed ${seed}: ${(await curveOf(labelled, seed))?.words.join(' ')}`)
    const meaningless = await curveOf(withShuffledKinds(labelled, seed), seed)
    if (meaningless?.words.some((text) => text.includes('are worth'))) promised++
    const { present, heldBack } = holdBack(labelled, seed)
    const said = (await curveOf(present, seed))?.gains.find(({ kind }) => kind === null)
    if (!said) continue
    const came = await meanGain(present, heldBack, seed)
    const isHeld = said.band.low <= came && came <= said.band.high
    if (isHeld) held++
    trials.push(
      `  ${present.length} tracks and ${ADDED_TRACKS} more: said ${points(said.gain)} (${points(said.band.low)} to ${points(said.band.high)}), came ${points(came)}`,
    )
  }
  return [
    ...lines,
    `With shuffled labels something is promised in ${promised} of ${seeds} draws.`,
    '',
    `Points of accuracy for ${ADDED_TRACKS} more tracks, as said and as they came (mean of ${ADDITIONS} additions of tracks held back):`,
    ...trials,
    `Within the band: ${held} of ${trials.length}`,
  ].join('\n')
}
