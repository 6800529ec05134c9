/**
 * Trains the weights of the beat grid: `node recipes/bar-phase/train.ts [--generated 3] [--scenes 22]`. Deterministic for the same
 * numbers and code. Writes the weight files of src/core/beats/ and card.json beside this file.
 */
import { parseArgs } from 'node:util'
import type { RotationModel } from '../../src/core/beats/rotation-model.ts'
import { rotationProbabilities } from '../../src/core/beats/rotation-model.ts'
import { observeFamilies } from '../../src/core/beats/tempo-families.ts'
import { trackSound } from '../../src/core/beats/track-beats.ts'
import { generatedExamples, type HeardExample, sceneExamples } from './examples.ts'
import { type BarPhaseExample, decisionExamples, familyExample, trainBarPhase, trainFamily } from './fit-bar-phase.ts'
import { writeWeights } from './write-weights.ts'

/** Scenes of seeds that train nothing, to tell what was learnt. */
const HELD_OUT_SHARE = 0.15
const DECISIONS = ['octave', 'halfBeat', 'metre', 'bar', 'phrase'] as const

const { values } = parseArgs({
  options: { generated: { type: 'string', default: '3' }, scenes: { type: 'string', default: '22' } },
})

const heard: HeardExample[] = []
const note = (what: string): void => void process.stderr.write(`\r${what} ${heard.length}   `)
for await (const example of generatedExamples(Number(values.generated))) {
  heard.push(example)
  note('generated')
}
for (const example of sceneExamples(Number(values.scenes))) {
  heard.push(example)
  note('generated')
}

const families = heard.flatMap((example) => familyExample(observeFamilies(example.sound), example))
const family = trainFamily(families)

const track = ({ sound, ...example }: HeardExample): BarPhaseExample => ({
  ...example,
  tracking: trackSound(sound, family),
})
const examples = heard.map(track)
const barPhase = trainBarPhase(examples)

const rightOf = (model: RotationModel, questions: readonly (typeof families)[number][]): string => {
  const right = questions.filter(({ features, correct }) => {
    const probabilities = rotationProbabilities(model, features)
    return probabilities.indexOf(Math.max(...probabilities)) === correct
  })
  return `${right.length} of ${questions.length}`
}

/** What models trained without the last seeds say of them, given that the decisions before are right. */
const held = new Set([...new Set(heard.map(({ group }) => group))].slice(-Math.round(HELD_OUT_SHARE * heard.length)))
const asked = decisionExamples(examples.filter(({ group }) => held.has(group)))
const without = trainBarPhase(examples.filter(({ group }) => !held.has(group)))
const withoutFamily = trainFamily(families.filter(({ group }) => !held.has(group)))

const card = {
  what: 'Tempo family, octave, half-beat, metre, bar and phrase phase of the beat grid: conditional logistic models',
  trained_on: {
    generated_tracks: Number(values.generated),
    scenes: Number(values.scenes),
    each: 'per genre and per kind',
  },
  right_on_held_out_scenes: {
    family: rightOf(
      withoutFamily,
      families.filter(({ group }) => held.has(group)),
    ),
    ...Object.fromEntries(DECISIONS.map((decision) => [decision, rightOf(without[decision], asked[decision])])),
  },
}
await writeWeights('card.json', card, { 'bar-phase.weights.json': barPhase, 'tempo-family.weights.json': family })
process.stdout.write(`${JSON.stringify(card.right_on_held_out_scenes)}\n`)
