/**
 * Trains the bar-phase weights that ship: `node recipes/bar-phase/train.ts --corpus DIR [--generated 7]`. Deterministic for the same
 * corpus, number of generated tracks and code. Writes both weight files of src/core/beats/ and card.json beside this file.
 */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { BarPhaseDecision, BarPhaseModel } from '../../src/core/beats/bar-phase.ts'
import { rotationProbabilities } from '../../src/core/beats/rotation-model.ts'
import { exampleOf, freeTracks, generatedExamples } from './examples.ts'
import { type BarPhaseExample, decisionExamples, trainBarPhase } from './fit-bar-phase.ts'

const FOLDS = 9
const DECISIONS: readonly BarPhaseDecision[] = ['octave', 'halfBeat', 'bar', 'phrase']
const WEIGHTS_URL = new URL('../../src/core/beats/bar-phase.weights.json', import.meta.url)
const GENERATED_WEIGHTS_URL = new URL('./generated.weights.json', import.meta.url)

/** Six digits are beyond what the data determine, and keep the files small. */
const serialise = (model: BarPhaseModel): string =>
  `${JSON.stringify(model, (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value))}\n`

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Each decision on full tracks by a model that never saw the track, given that the decisions before it are right. */
const crossValidate = (examples: readonly BarPhaseExample[], prior: BarPhaseModel): Record<string, string> => {
  const right: Record<BarPhaseDecision, number> = { octave: 0, halfBeat: 0, bar: 0, phrase: 0 }
  const asked = { ...right }
  for (let fold = 0; fold < FOLDS; fold++) {
    const isTest = (n: number): boolean => n % FOLDS === fold
    const model = trainBarPhase(
      examples.filter((_, n) => !isTest(n)),
      prior,
    )
    const questions = decisionExamples(examples.filter((_, n) => isTest(n)))
    for (const decision of DECISIONS)
      for (const { features, correct } of questions[decision]) {
        const probabilities = rotationProbabilities(model[decision], features)
        asked[decision]++
        if (probabilities.indexOf(Math.max(...probabilities)) === correct) right[decision]++
      }
  }
  return Object.fromEntries(DECISIONS.map((decision) => [decision, `${right[decision]} of ${asked[decision]}`]))
}

const { values } = parseArgs({ options: { corpus: { type: 'string' }, generated: { type: 'string', default: '7' } } })
if (values.corpus === undefined) throw new Error('usage: node recipes/bar-phase/train.ts --corpus DIR [--generated 7]')

const generated: BarPhaseExample[] = []
for await (const example of generatedExamples(Number(values.generated))) {
  generated.push(example)
  process.stderr.write(`\rgenerated ${generated.length}`)
}
const prior = trainBarPhase(generated, null)

const free = await freeTracks(values.corpus)
const examples: BarPhaseExample[] = []
for (const track of free) {
  examples.push(await exampleOf(track))
  process.stderr.write(`\rcorpus ${examples.length} of ${free.length}  `)
}
const weights = serialise(trainBarPhase(examples, prior))

const licences: Record<string, number> = {}
for (const { licence } of free) licences[licence] = (licences[licence] ?? 0) + 1
const card = {
  what: 'Octave, half-beat, bar and phrase phase of the beat grid: four conditional logistic models',
  trained_on: { corpus_tracks: free.map(({ track }) => track.id), licences, generated_tracks: generated.length },
  left_out: 'tracks under NC or ND licences, and tracks whose given beats are doubtful',
  sha256: { 'bar-phase.weights.json': sha256(weights), 'bar-phase.generated.weights.json': sha256(serialise(prior)) },
  right_out_of_fold: crossValidate(examples, prior),
}
await writeFile(GENERATED_WEIGHTS_URL, serialise(prior))
await writeFile(WEIGHTS_URL, weights)
await writeFile(new URL('card.json', import.meta.url), `${JSON.stringify(card, null, 2)}\n`)
process.stdout.write(`${JSON.stringify(card.right_out_of_fold)}\n`)
