/**
 * Trains the section model that ships: `node recipes/base-model/train.ts --corpus DIR … [--generated 2] [--figures-only]`. Deterministic for
 * the same corpora, number of generated tracks and code, but for the date in the card. Writes the model and its card to assets/base-model/.
 */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { createAnalyser } from '../../bench/accuracy/analysis.ts'
import { scorePairs } from '../../bench/accuracy/figure.ts'
import { foldTracks, laySides, predictSides, prepareCorpus } from '../../bench/accuracy/folds.ts'
import type { HeardTrack } from '../../bench/accuracy/gridded-track.ts'
import { scoreTrack, type TrackOutcome } from '../../bench/accuracy/measures.ts'
import { alignColumns } from '../../bench/accuracy/table.ts'
import { spansInBeats, trainModels } from '../../bench/accuracy/train.ts'
import { readCorpus } from '../../bench/corpus/corpus.ts'
import { freeLicences } from '../../bench/corpus/free-licences.ts'
import { generatedTracks } from '../../bench/corpus/generated-tracks.ts'
import { SECTION_KINDS, type SectionKind } from '../../src/core/labels/section-kind.ts'
import { encodeOnnx } from '../../src/core/models/onnx-encode.ts'
import { ruleBaseline } from '../../src/core/training/rule-baseline.ts'
import { currentModelSpecDigest } from '../../src/engine/kit/model-spec-digest.ts'
import { identifyFile } from '../../src/platform/decoding/identity.ts'

const SEED = 1
const DANCE_KINDS = ['intro', 'build', 'drop', 'break', 'outro'] as const satisfies readonly SectionKind[]
const ASSETS = new URL('../../assets/base-model/', import.meta.url)

type Pair = { readonly truth: SectionKind; readonly predicted: SectionKind | null }
type Judged = TrackOutcome & { readonly byRule: readonly Pair[] }
type Line = { readonly accuracy: number; readonly danceMacroF1: number; readonly of: number }

const lineOf = (pairs: readonly Pair[]): Line => {
  const { accuracy, classes } = scorePairs(pairs)
  const f1 = DANCE_KINDS.map((kind) => classes[SECTION_KINDS.indexOf(kind)]!.f1)
  return { accuracy, danceMacroF1: f1.reduce((sum, value) => sum + value, 0) / f1.length, of: pairs.length }
}

const figuresOf = (judged: readonly Judged[]): Record<string, Line> => {
  const spans = judged.flatMap((track) => track.spans)
  return {
    'spans given: base model': lineOf(spans),
    'spans given: position only': lineOf(spans.map(({ truth, positionOnly }) => ({ truth, predicted: positionOnly }))),
    'spans given: energy rule': lineOf(judged.flatMap((track) => track.byRule)),
    'bars, no spans: base model': lineOf(judged.flatMap((track) => track.bars)),
  }
}

const formatFigures = (figures: Record<string, Line>): string =>
  alignColumns([
    ['measure', 'accuracy', 'macro-F1 of five', 'of'],
    ...Object.entries(figures).map(([name, { accuracy, danceMacroF1, of }]) => [
      name,
      accuracy.toFixed(3),
      danceMacroF1.toFixed(3),
      String(of),
    ]),
  ])

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', multiple: true, default: [] },
    generated: { type: 'string', default: '2' },
    'figures-only': { type: 'boolean', default: false },
  },
})
if (values.corpus.length === 0)
  throw new Error('usage: node recipes/base-model/train.ts --corpus DIR … [--generated 2] [--figures-only]')

const licences = new Map((await Promise.all(values.corpus.map(freeLicences))).flatMap((own) => [...own]))
const generatedFiles = await generatedTracks(Number(values.generated))
const analyser = await createAnalyser()
const corpus = await prepareCorpus((await Promise.all(values.corpus.map(readCorpus))).flat(), analyser)
const generated = await prepareCorpus(generatedFiles, analyser)
const isFree = ({ track }: HeardTrack): boolean => licences.has(track.id)

/** Tracks of the corpus judged by models that saw neither them nor their artist; those that are not free are only judged. */
const judgeOutOfFold = async (): Promise<readonly Judged[]> => {
  const folds = foldTracks(corpus.tracks, SEED)
  const judged: Judged[] = []
  for (let fold = 0; fold <= Math.max(...folds); fold++) {
    const known = corpus.tracks.filter((track, n) => folds[n] !== fold && isFree(track))
    const sides = await laySides(
      { tracks: [...known, ...generated.tracks], features: analyser.features },
      { tracks: corpus.tracks.filter((_, n) => folds[n] === fold), features: analyser.features },
    )
    const predictions = await predictSides(sides)
    for (const gridded of sides.test) {
      const spans = spansInBeats(gridded)
      const byRule = gridded.track.segments.flatMap(({ label, counts }, n): Pair[] =>
        label && counts
          ? [{ truth: label, predicted: SECTION_KINDS[ruleBaseline(gridded.context, spans[n]!, SECTION_KINDS)]! }]
          : [],
      )
      judged.push({ ...scoreTrack(gridded.track, predictions.get(gridded.track.id)!), byRule })
    }
    process.stderr.write(`\rfold ${fold + 1} `)
  }
  return judged
}

const judged = await judgeOutOfFold()
const figures = {
  dance: figuresOf(judged.filter(({ isSong }) => !isSong)),
  all: figuresOf(judged),
}
process.stdout.write(`Dance tracks\n\n${formatFigures(figures.dance)}\n\nAll tracks\n\n${formatFigures(figures.all)}\n`)

if (!values['figures-only']) {
  const free = corpus.tracks.filter(isFree)
  const { train } = await laySides(
    { tracks: [...free, ...generated.tracks], features: analyser.features },
    { tracks: [], features: analyser.features },
  )
  const { model } = await trainModels(train)
  const featureSpec = currentModelSpecDigest()
  const onnx = encodeOnnx({ ...model, featureSpec })
  const counts: Record<string, number> = {}
  for (const { track } of free) {
    const licence = licences.get(track.id)!
    counts[licence] = (counts[licence] ?? 0) + 1
  }
  const digests = await Promise.all(
    [...free, ...generated.tracks].map(async ({ track }) => (await identifyFile(track.audioPath)).audioDigest),
  )
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(4)) : value
  const card = {
    what: 'Section model for a library without labels: the same heads, features and decode as a personal one',
    version: 0,
    created_at: new Date().toISOString(),
    file: 'base-sections.onnx',
    sha256: createHash('sha256').update(onnx).digest('hex'),
    bytes: onnx.length,
    labels: model.kinds,
    feature_spec_digest: featureSpec,
    seed: SEED,
    trained_on: {
      corpus_tracks: free.map(({ track }) => track.id),
      licences: counts,
      generated_tracks: generated.tracks.length,
      // Of the files that were learnt from: the same music in another encoding has another digest.
      audio_digests: digests.sort(),
    },
    left_out: 'tracks under NC or ND licences, which only measure',
    measured: {
      how: 'grouped five-fold cross-validation on the corpus: each track judged by a model that saw neither it nor its artist',
      ...figures,
    },
    licence: 'Apache-2.0',
  }
  await mkdir(ASSETS, { recursive: true })
  await writeFile(new URL('base-sections.onnx', ASSETS), onnx)
  await writeFile(new URL('base-sections.json', ASSETS), `${JSON.stringify(card, rounded, 2)}\n`)
}
await analyser.close()
