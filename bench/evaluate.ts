/**
 * `npm run evaluate -- DIR` measures the whole loop by grouped cross-validation inside a folder in the corpus's format;
 * `-- --train DIR --test DIR [--predictions out.json]` trains on one folder and measures on another.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { UserError } from '../src/core/support/user-error.ts'
import { evaluateAblation } from './accuracy/ablation.ts'
import { evaluateAdvice } from './accuracy/advice.ts'
import { baseFiguresOf } from './accuracy/base-alone.ts'
import { evaluateBlend } from './accuracy/blend.ts'
import { evaluateBulk } from './accuracy/bulk.ts'
import { evaluateConfidence } from './accuracy/confidence.ts'
import { evaluateDoctor } from './accuracy/doctor.ts'
import { evaluateEnergy } from './accuracy/energy.ts'
import { evaluateExplanations } from './accuracy/explanations.ts'
import { NO_FORMS, openForms } from './accuracy/forms.ts'
import { evaluateGrids } from './accuracy/grids.ts'
import { evaluateImported } from './accuracy/imported.ts'
import { formatEvaluation } from './accuracy/loop-report.ts'
import { evaluateEdges } from './accuracy/lost-edges.ts'
import { scoreTrack } from './accuracy/measures.ts'
import { evaluateNext } from './accuracy/next-labels.ts'
import { formatPredictions } from './accuracy/predictions.ts'
import { prepareFolders, prepareGenerated } from './accuracy/prepare-folders.ts'
import { evaluateQuality } from './accuracy/quality.ts'
import { evaluateSimilar } from './accuracy/similar.ts'
import { evaluateStyles } from './accuracy/styles.ts'
import { figuresOf } from './accuracy/table.ts'
import { evaluateTags } from './accuracy/tags.ts'
import { evaluateTransfer } from './accuracy/transfer.ts'
import { evaluateTransitions } from './accuracy/transitions.ts'
import { evaluateOne, evaluateTwo } from './accuracy/whole-loop.ts'
import { readCorpus } from './corpus/corpus.ts'
import { HELP, OPTIONS } from './evaluate-options.ts'
import { note } from './note.ts'
import { evaluatePeers } from './peers/peers.ts'

const ADVICE_SEEDS = 8
/** Worlds that are drawn for each number of labelled tracks. */
const TRANSFER_DRAWS = 20

/** What is measured on prepared tracks, by its option. Labels of given spans ask no network of form. */
const ON_PREPARED = {
  explain: evaluateExplanations,
  doctor: evaluateDoctor,
  energy: evaluateEnergy,
  bulk: evaluateBulk,
  blend: evaluateBlend,
  next: evaluateNext,
  ablation: evaluateAblation,
  styles: evaluateStyles,
} as const

/** What is measured on sections that are decoded with the networks of form, by its option. */
const ON_DECODED = { confidence: evaluateConfidence, edges: evaluateEdges } as const

/** What is measured on a folder as it is read, by its option. */
const ON_CORPUS = { quality: evaluateQuality, tags: evaluateTags, similar: evaluateSimilar } as const

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: OPTIONS,
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
    const corpus = await prepareFolders([folder], NO_FORMS)
    process.stdout.write(`${await evaluateAdvice(corpus, { seeds: ADVICE_SEEDS, onStep: note })}\n`)
    return corpus.close()
  }
  const measured = (Object.keys(ON_PREPARED) as (keyof typeof ON_PREPARED)[]).find((name) => values[name])
  if (measured !== undefined && folder !== undefined) {
    const corpus = await prepareFolders(positionals, NO_FORMS)
    const options = { seed: Number(values.seed), shuffles: Number(values.shuffles), onStep: note, onFold: note }
    process.stdout.write(`${await ON_PREPARED[measured](corpus, options)}\n`)
    return corpus.close()
  }
  if (values.imported && folder !== undefined) {
    const [corpus, generated] = await Promise.all([prepareFolders(positionals, NO_FORMS), prepareGenerated()])
    const options = { seed: Number(values.seed), shuffles: Number(values.shuffles), onFold: note }
    process.stdout.write(`${await evaluateImported(corpus, generated, options)}\n`)
    await Promise.all([corpus.close(), generated.close()])
    return
  }
  const forms = values.forms ? await openForms(values.form) : NO_FORMS
  if (values.transfer && folder !== undefined) {
    const [corpus, generated] = await Promise.all([prepareFolders([folder], forms), prepareGenerated()])
    const options = { draws: TRANSFER_DRAWS, seed: Number(values.seed), onStep: note }
    process.stdout.write(`${[await evaluateTransfer(corpus, generated, options), ...forms.notes()].join('\n')}\n`)
    await Promise.all([corpus.close(), generated.close(), forms.close()])
    return
  }
  const decoded = (Object.keys(ON_DECODED) as (keyof typeof ON_DECODED)[]).find((name) => values[name])
  if (decoded !== undefined && folder !== undefined) {
    const corpus = await prepareFolders(positionals, forms)
    const options = { seed: Number(values.seed), shuffles: Number(values.shuffles), onStep: note }
    process.stdout.write(`${[await ON_DECODED[decoded](corpus, options), ...forms.notes()].join('\n')}\n`)
    await Promise.all([corpus.close(), forms.close()])
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
      `${[formatEvaluation(outcomes, { ...evaluation, notes }), ...(peers ? [peers.text] : [])].join('\n\n')}\n`,
    )
}

try {
  await main()
} catch (error) {
  if (!(error instanceof UserError)) throw error
  process.stderr.write(`${error.title}: ${error.message}\n${error.hint}\n`)
  process.exitCode = 1
}
