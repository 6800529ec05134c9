/**
 * `npm run evaluate -- DIR` measures the whole loop by grouped cross-validation inside a folder in the corpus's format;
 * `-- --train DIR --test DIR [--predictions out.json]` trains on one folder and measures on another.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { UserError } from '../src/core/support/user-error.ts'
import { evaluateAblation } from './accuracy/ablation.ts'
import { evaluateAdvice } from './accuracy/advice.ts'
import { createAnalyser } from './accuracy/analysis.ts'
import { type BaseOutcomes, baseFiguresOf, judgeBase } from './accuracy/base-alone.ts'
import { evaluateBlend } from './accuracy/blend.ts'
import { evaluateBulk } from './accuracy/bulk.ts'
import { evaluateDoctor } from './accuracy/doctor.ts'
import { evaluateEnergy } from './accuracy/energy.ts'
import { evaluateExplanations } from './accuracy/explanations.ts'
import { scorePairs } from './accuracy/figure.ts'
import {
  crossValidate,
  foldSides,
  type Predicted,
  type Prepared,
  prepareCorpus,
  type Side,
  trainAndPredict,
} from './accuracy/folds.ts'
import { type Forms, NO_FORMS, openForms } from './accuracy/forms.ts'
import { evaluateGrids } from './accuracy/grids.ts'
import { evaluateImported } from './accuracy/imported.ts'
import { scoreTrack, type TrackOutcome } from './accuracy/measures.ts'
import { evaluateNext } from './accuracy/next-labels.ts'
import { formatPredictions } from './accuracy/predictions.ts'
import { evaluateQuality } from './accuracy/quality.ts'
import { evaluateSimilar } from './accuracy/similar.ts'
import { figuresOf, formatClasses, formatCurve, formatFigures } from './accuracy/table.ts'
import { evaluateTags } from './accuracy/tags.ts'
import { evaluateTransfer } from './accuracy/transfer.ts'
import { evaluateTransitions } from './accuracy/transitions.ts'
import { type CorpusTrack, readCorpus } from './corpus/corpus.ts'
import { generatedTracks } from './corpus/generated-tracks.ts'
import { evaluatePeers } from './peers/peers.ts'

const HELP = `Usage: npm run evaluate -- [DIR …] [options]

  DIR …                folders in the corpus's format; grouped 5-fold cross-validation inside all of them together
  --train DIR          train on this folder …
  --test DIR           … and measure on that one
  --form FOLDER        networks of form for tracks that the one that ships knows (default recipes/form/folds)
  --no-forms           leave sections to the trees alone
  --predictions FILE   write what is needed to score the test tracks elsewhere (JSON, times in seconds)
  --peers              also run librosa, Essentia and MSAF on the same tracks (makes a Python environment once)
  --grids              only: tempo, beats and bars of each folder by itself, and of generated pieces of what grids go wrong on
  --quality            only: what the checks of a recording flag here, and how many generated faults they find
  --similar            only: whether features or the network's embedding find music that belongs together
  --no-base            leave out what the base model does alone, and what the first labelled songs add
  --tags               only: which tags are shown of these tracks and of generated ones, and how many of them are true
  --no-curve           leave out the learning curve
  --advice             only: what is said of the labels themselves (checks, what more of them are worth), and whether it holds
  --explain            only: whether deleting what explanations name changes answers more than deleting as much at random
  --energy             only: whether energy as a second task makes kinds easier to tell
  --doctor             only: how soon the label doctor comes to wrong kinds and moved edges that are planted here
  --bulk               only: how many sure suggestions are right, and what it is worth to learn from them unread
  --blend              only: what it is worth to blend one's own model with a friend's (set --shuffles 20)
  --next               only: how many labels and key presses the proposed order saves (set --shuffles 20)
  --ablation           only: labels of given spans with and without what a network hears, at 5, 10, 20 and all labelled tracks
  --imported           only: what a model is worth that learnt from cues of another DJ program instead of the truth
  --transfer           only: what it is worth to begin from a base model, at 3, 5, 10 and 20 labelled tracks (takes long)
  --transitions        only: whether proposed windows of a mix sound cleaner than random ones of the same two tracks
  --pairs N            of so many pairs at most (default 60)
  --shuffles N         cross-validate so many times, the tracks in other folds each time, and pool what was said (default 3)
  --seed N             the first shuffle (default 1); predictions and the learning curve are those of the first
  --json               one JSON document on stdout

Example: npm run evaluate -- ../shared/corpus`

type Predictions = Predicted['predictions']
type Evaluation = Predicted & {
  /** Null where it was left out. */
  readonly base: readonly BaseOutcomes[] | null
  readonly tracks: readonly CorpusTrack[]
  /** Those of further shuffles. */
  readonly again: readonly Predictions[]
}

const ADVICE_SEEDS = 8
/** Worlds that are drawn for each number of labelled tracks. */
const TRANSFER_DRAWS = 20
/** As many as the base model that ships is trained on. */
const GENERATED_PER_GENRE = 2

/** What is measured on prepared tracks, by its option. Labels of given spans ask no network of form. */
const ON_PREPARED = {
  explain: evaluateExplanations,
  doctor: evaluateDoctor,
  energy: evaluateEnergy,
  bulk: evaluateBulk,
  blend: evaluateBlend,
  next: evaluateNext,
  ablation: evaluateAblation,
} as const

/** What is measured on a folder as it is read, by its option. */
const ON_CORPUS = { quality: evaluateQuality, tags: evaluateTags, similar: evaluateSimilar } as const

const note = (text: string): void => void process.stderr.write(`${text}\n`)

type Asked = { readonly seed: number; readonly forms: Forms; readonly withBase: boolean }

const evaluateOne = async (
  folders: readonly string[],
  { seed, forms, shuffles, withCurve, withBase }: Asked & { readonly shuffles: number; readonly withCurve: boolean },
): Promise<Evaluation> => {
  const corpus = await prepare(folders, forms)
  const predicted = await crossValidate(corpus, { seed, withCurve, onFold: note })
  const again: Predictions[] = []
  for (let shuffle = 1; shuffle < shuffles; shuffle++) {
    note(`shuffle ${shuffle + 1} of ${shuffles}`)
    again.push((await crossValidate(corpus, { seed: seed + shuffle, withCurve: false, onFold: note })).predictions)
  }
  const base = withBase ? await judgeBases(foldSides(corpus, seed), seed) : null
  await corpus.close()
  return {
    ...predicted,
    base,
    again,
    tracks: corpus.tracks.map(({ track }) => track),
    notes: [...corpus.notes, ...predicted.notes],
  }
}

const evaluateTwo = async (
  trainFolder: string,
  testFolder: string,
  { seed, forms, withBase }: Asked,
): Promise<Evaluation> => {
  const train = await prepare([trainFolder], forms)
  const test = await prepare([testFolder], forms)
  const predicted = await trainAndPredict(train, test)
  const base = withBase ? await judgeBases([{ train, test }], seed) : null
  await Promise.all([train.close(), test.close()])
  return {
    ...predicted,
    base,
    again: [],
    tracks: test.tracks.map(({ track }) => track),
    notes: [...train.notes, ...test.notes, ...predicted.notes],
  }
}

const judgeBases = async (
  folds: readonly { readonly train: Side; readonly test: Side }[],
  seed: number,
): Promise<readonly BaseOutcomes[]> => {
  const generated = await prepareTracks(await generatedTracks(GENERATED_PER_GENRE), NO_FORMS)
  const outcomes: BaseOutcomes[] = []
  for (const [fold, { train, test }] of folds.entries()) {
    note(`base model alone: ${fold + 1} of ${folds.length}`)
    outcomes.push(await judgeBase(train, test, { generated, seed }))
  }
  await generated.close()
  return outcomes
}

const prepare = async (folders: readonly string[], forms: Forms): Promise<Prepared> =>
  prepareTracks((await Promise.all(folders.map(readCorpus))).flat(), forms)

/** Beside a corpus the generated tracks that a base model knows. */
const prepareWithGenerated = async (
  folders: readonly string[],
  forms: Forms,
): Promise<readonly [Prepared, Prepared]> => [
  await prepare(folders, forms),
  await prepareTracks(await generatedTracks(GENERATED_PER_GENRE), NO_FORMS),
]

const prepareTracks = async (tracks: readonly CorpusTrack[], forms: Forms): Promise<Prepared> => {
  let done = 0
  const onDone = (): void => {
    done++
    if (process.stderr.isTTY) process.stderr.write(`\rlistened to ${done} of ${tracks.length} tracks `)
    if (process.stderr.isTTY && done === tracks.length) process.stderr.write('\n')
  }
  const analyser = await createAnalyser({ onDone })
  return prepareCorpus(tracks, analyser, forms)
}

const print = (outcomes: readonly TrackOutcome[], { notes, curve, base }: Evaluation): string => {
  const parts = [formatFigures([...figuresOf(outcomes), ...(base ? baseFiguresOf(base) : [])])]
  const spans = outcomes.flatMap((track) => track.spans)
  if (spans.length > 0) parts.push('Labels of given spans (rows: truth)', formatClasses(scorePairs(spans)))
  const bars = outcomes.flatMap((track) => track.bars)
  if (bars.length > 0) parts.push('Bars without given spans (rows: truth)', formatClasses(scorePairs(bars)))
  if (curve.length > 0)
    parts.push('Learning curve: all sources, spans given, on the tracks left out', formatCurve(curve))
  if (notes.length > 0) parts.push(notes.map((text) => `Note: ${text}`).join('\n'))
  return parts.join('\n\n')
}

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      train: { type: 'string' },
      test: { type: 'string' },
      predictions: { type: 'string' },
      peers: { type: 'boolean', default: false },
      grids: { type: 'boolean', default: false },
      quality: { type: 'boolean', default: false },
      similar: { type: 'boolean', default: false },
      tags: { type: 'boolean', default: false },
      form: { type: 'string' },
      forms: { type: 'boolean', default: true },
      base: { type: 'boolean', default: true },
      curve: { type: 'boolean', default: true },
      advice: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false },
      ablation: { type: 'boolean', default: false },
      doctor: { type: 'boolean', default: false },
      energy: { type: 'boolean', default: false },
      bulk: { type: 'boolean', default: false },
      blend: { type: 'boolean', default: false },
      next: { type: 'boolean', default: false },
      transfer: { type: 'boolean', default: false },
      imported: { type: 'boolean', default: false },
      transitions: { type: 'boolean', default: false },
      pairs: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      shuffles: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const [folder] = positionals
  const isPair = values.train !== undefined && values.test !== undefined
  if (values.help || (!isPair && folder === undefined)) {
    process[values.help ? 'stdout' : 'stderr'].write(`${HELP}\n`)
    process.exitCode = values.help ? 0 : 2
    return
  }
  if (values.grids && folder !== undefined) {
    process.stdout.write(`${await evaluateGrids(positionals, note)}\n`)
    return
  }
  // Labels of given spans ask no network of form.
  if (values.advice && folder !== undefined) {
    const corpus = await prepare([folder], NO_FORMS)
    process.stdout.write(`${await evaluateAdvice(corpus, { seeds: ADVICE_SEEDS, onStep: note })}\n`)
    return corpus.close()
  }
  const measured = (Object.keys(ON_PREPARED) as (keyof typeof ON_PREPARED)[]).find((name) => values[name])
  if (measured !== undefined && folder !== undefined) {
    const corpus = await prepare(positionals, NO_FORMS)
    const options = { seed: Number(values.seed), shuffles: Number(values.shuffles), onStep: note, onFold: note }
    process.stdout.write(`${await ON_PREPARED[measured](corpus, options)}\n`)
    return corpus.close()
  }
  if (values.imported && folder !== undefined) {
    const [corpus, generated] = await prepareWithGenerated(positionals, NO_FORMS)
    const options = { seed: Number(values.seed), shuffles: Number(values.shuffles), onFold: note }
    process.stdout.write(`${await evaluateImported(corpus, generated, options)}\n`)
    await Promise.all([corpus.close(), generated.close()])
    return
  }
  const forms = values.forms ? await openForms(values.form) : NO_FORMS
  if (values.transfer && folder !== undefined) {
    const [corpus, generated] = await prepareWithGenerated([folder], forms)
    const options = { draws: TRANSFER_DRAWS, seed: Number(values.seed), onStep: note }
    process.stdout.write(`${[await evaluateTransfer(corpus, generated, options), ...forms.notes()].join('\n')}\n`)
    await Promise.all([corpus.close(), generated.close(), forms.close()])
    return
  }
  const asRead = (Object.keys(ON_CORPUS) as (keyof typeof ON_CORPUS)[]).find((name) => values[name])
  if (asRead !== undefined && folder !== undefined) {
    process.stdout.write(`${await ON_CORPUS[asRead](await readCorpus(folder), note)}\n`)
    return
  }
  if (values.transitions && folder !== undefined) {
    const options = { seed: Number(values.seed), pairs: Number(values.pairs), note }
    process.stdout.write(`${await evaluateTransitions(await readCorpus(folder), options)}\n`)
    return
  }
  const asked = { seed: Number(values.seed), forms, withBase: values.base }
  const evaluation = isPair
    ? await evaluateTwo(values.train!, values.test!, asked)
    : await evaluateOne(positionals, { ...asked, shuffles: Number(values.shuffles), withCurve: values.curve })
  const { tracks, predictions } = evaluation
  const notes = [...evaluation.notes, ...forms.notes()]
  await forms.close()
  if (values.predictions !== undefined)
    await writeFile(values.predictions, `${JSON.stringify(formatPredictions(tracks, predictions))}\n`)
  const outcomes = [predictions, ...evaluation.again].flatMap((said) =>
    tracks.flatMap((track) => {
      const prediction = said.get(track.id)
      return prediction ? [scoreTrack(track, prediction)] : []
    }),
  )
  const peers = values.peers ? await evaluatePeers(tracks) : null
  if (values.json) {
    const figures = [...figuresOf(outcomes), ...(evaluation.base ? baseFiguresOf(evaluation.base) : [])]
    const document = {
      figures,
      notes,
      curve: evaluation.curve,
      peers: peers?.figures ?? null,
      tracks: outcomes,
    }
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
  } else
    process.stdout.write(
      `${[print(outcomes, { ...evaluation, notes }), ...(peers ? [peers.text] : [])].join('\n\n')}\n`,
    )
}

try {
  await main()
} catch (error) {
  if (!(error instanceof UserError)) throw error
  process.stderr.write(`${error.title}: ${error.message}\n${error.hint}\n`)
  process.exitCode = 1
}
