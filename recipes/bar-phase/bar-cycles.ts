/**
 * Trains what the length of bars says of the octave, after the second looks: `node recipes/bar-phase/bar-cycles.ts`. Generated pieces of seeds that
 * trained nothing else train, as many of each kind; others judge, by how often the octave is right before and after.
 */
import { octaveEvidence } from '../../src/core/beats/bar-phase.ts'
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { observeSound } from '../../src/core/beats/observe-sound.ts'
import { octaveByBars, octaveByCyclesFeatures } from '../../src/core/beats/octave-by-bars.ts'
import { type RotationExample, trainRotationModel } from '../../src/core/beats/rotation-model.ts'
import { excerptTracking, trackSound } from '../../src/core/beats/track-beats.ts'
import { isTrulyDoubled } from './fit-bar-phase.ts'
import { SCENE_KINDS, type SceneKind } from './scene-styles.ts'
import { drawScene } from './scenes.ts'
import { writeWeights } from './write-weights.ts'

const PIECES = { count: 14, firstSeed: 1_800_000 }
/** Bars in three and of two dotted beats are the rarer ones. */
const TWICE: readonly SceneKind[] = ['three', 'six-eight']
const JUDGES = { count: 6, firstSeed: 1_810_000 }
const EXCERPTS = [
  [0, 1 / 2],
  [1 / 2, 1],
  [1 / 4, 3 / 4],
] as const
const EXCERPT_WEIGHT = 1 / 3
/** How strongly the model is pulled towards what came before: chosen on halves of the pieces, where .02 to .2 are alike. */
const PENALTY = 0.05

type Question = RotationExample & { readonly evidence: ReturnType<typeof octaveEvidence> }

/** None where the tempo is none of both octaves. */
const questionsOf = (kind: SceneKind, seed: number): Question[] => {
  const { audio, bpm } = drawScene(kind, seed)
  const found = trackSound(observeSound(audio))
  const doubled = isTrulyDoubled(found, bpm)
  if (doubled === null) return []
  const { rows } = found.raster
  const excerpts = EXCERPTS.map(([from, to]) => excerptTracking(found, Math.floor(from * rows), Math.floor(to * rows)))
  return [found, ...excerpts].map((tracking, n) => {
    const evidence = octaveEvidence(tracking, shippedBarPhaseModel)
    const features = octaveByCyclesFeatures(evidence)
    return { evidence, features, correct: doubled ? 1 : 0, weight: n === 0 ? 1 : EXCERPT_WEIGHT, group: kind }
  })
}

const training = Array.from({ length: 2 * PIECES.count }, (_, n) =>
  (n < PIECES.count ? SCENE_KINDS : TWICE).map((kind) => questionsOf(kind, PIECES.firstSeed + n)),
).flat(2)
const width = training[0]!.features[0]!.length
const prior = { weights: [1, ...new Array<number>(width - 1).fill(0)], temperature: 1 }
const { weights } = trainRotationModel(training, { penalty: PENALTY, prior })
const model = { weights: weights.map((weight) => Number(weight.toPrecision(3))), temperature: 1 }

const figureOf = (questions: readonly Question[], faster: (question: Question) => number): string => {
  const chance = (question: Question): number => (question.correct === 1 ? faster(question) : 1 - faster(question))
  const right = questions.filter((question) => chance(question) > 0.5).length
  const loss = questions.reduce((sum, question) => sum - Math.log(chance(question)), 0) / questions.length
  return `${right} of ${questions.length}, log loss ${loss.toFixed(3)}`
}
const judging = SCENE_KINDS.flatMap((kind) =>
  Array.from({ length: JUDGES.count }, (_, n) => questionsOf(kind, JUDGES.firstSeed + n)).flat(),
)
for (const kind of [...SCENE_KINDS, 'all']) {
  const asked = judging.filter(({ group }) => kind === 'all' || group === kind)
  const before = figureOf(asked, ({ features }) => 1 / (1 + Math.exp(-features[1]![0]!)))
  process.stdout.write(
    `${kind}: before ${before}; after ${figureOf(asked, ({ evidence }) => octaveByBars(evidence, model))}\n`,
  )
}
await writeWeights(
  'bar-cycles.card.json',
  {
    what: 'How long bars are, for the octave: a logistic model after the second looks',
    trained_on: {
      pieces: PIECES.count,
      'of three and six-eight': 2 * PIECES.count,
      each: 'per kind',
      excerpts: EXCERPTS.length,
    },
  },
  { 'bar-cycles.weights.json': model },
)
