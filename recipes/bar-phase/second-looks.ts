/**
 * Trains the second looks at octave and half-beat, at what the first models of the grid do not see: `node recipes/bar-phase/second-looks.ts`. Generated
 * tracks and pieces of seeds that did not train those models train, of what they go wrong on most of all; others judge.
 */
import { halfBeatFeatures, octaveEvidence, placeBeats } from '../../src/core/beats/bar-phase.ts'
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { halfBeatDecayFeatures } from '../../src/core/beats/half-beat-decay.ts'
import { observeSound } from '../../src/core/beats/observe-sound.ts'
import { octaveByBarsFeatures } from '../../src/core/beats/octave-by-bars.ts'
import { type RotationExample, rotationProbabilities, trainRotationModel } from '../../src/core/beats/rotation-model.ts'
import { type BeatTracking, excerptTracking, trackSound } from '../../src/core/beats/track-beats.ts'
import { generatedExamples, type HeardExample, SCENE_WEIGHT } from './examples.ts'
import { isTrulyDoubled, trueHalfBeat } from './fit-bar-phase.ts'
import type { SceneKind } from './scene-styles.ts'
import { drawScene } from './scenes.ts'
import { writeWeights } from './write-weights.ts'

/** Pieces of each kind that train, and that judge. */
const PIECES: readonly (readonly [kind: SceneKind, train: number, judge: number])[] = [
  ['off-beat', 40, 24],
  ['house', 10, 8],
  ['slow', 8, 8],
  ['fast', 8, 6],
  ['shuffle', 8, 6],
  ['triplets', 6, 6],
  ['three', 6, 8],
  ['six-eight', 16, 12],
  ['five-seven', 12, 6],
  ['half-time', 8, 6],
]
const FIRST_SEED = 600_000
const FIRST_JUDGE_SEED = 500_000
/** Tracks of each genre, of seeds that neither train the first models nor are in the demo library. */
const TRACKS = { count: 2, firstSeed: 9200 }
const JUDGE_TRACKS = { count: 1, firstSeed: 9100 }
/** Halves of a piece, and its middle: many begin or end without a kick. */
const EXCERPTS = [
  [0, 1 / 2],
  [1 / 2, 1],
  [1 / 4, 3 / 4],
] as const
const EXCERPT_WEIGHT = 1 / 3
/** How strongly each is pulled towards the first look alone, and where its weights go. */
const LOOKS = {
  octave: { penalty: 0.03, file: 'octave-by-bars.weights.json' },
  halfBeat: { penalty: 0.01, file: 'half-beat-decay.weights.json' },
} as const

type Look = keyof typeof LOOKS
type Question = RotationExample & { readonly look: Look; readonly firstLook: readonly number[] }

type Example = Pick<HeardExample, 'bpm' | 'beatTimes' | 'sound' | 'weight' | 'group'>

const questionsOf = ({ bpm, beatTimes, sound, weight, group }: Example): Question[] => {
  const found = trackSound(sound)
  const doubled = isTrulyDoubled(found, bpm)
  if (doubled === null) return []
  const half = trueHalfBeat(found, doubled, beatTimes)
  const ask = (tracking: BeatTracking, share: number): Question[] => {
    const about = { weight: weight * share, group }
    const evidence = octaveEvidence(tracking, shippedBarPhaseModel)
    const octave: Question = {
      look: 'octave',
      features: octaveByBarsFeatures(evidence),
      firstLook: [1 - evidence.byRepetition, evidence.byRepetition],
      correct: doubled ? 1 : 0,
      ...about,
    }
    if (half === undefined) return [octave]
    const byPattern = rotationProbabilities(shippedBarPhaseModel.halfBeat, halfBeatFeatures(tracking, doubled))
    const features = halfBeatDecayFeatures(byPattern, tracking.raster, placeBeats(tracking, doubled, 0))
    return [octave, { look: 'halfBeat', features, firstLook: byPattern, correct: half, ...about }]
  }
  const { rows } = found.raster
  const excerpts = EXCERPTS.map(([from, to]) => excerptTracking(found, Math.floor(from * rows), Math.floor(to * rows)))
  return [found, ...excerpts].flatMap((tracking, n) => ask(tracking, n === 0 ? 1 : EXCERPT_WEIGHT))
}

const sceneQuestions = (kind: SceneKind, seed: number): Question[] => {
  const { audio, bpm, beatTimes } = drawScene(kind, seed)
  return questionsOf({ bpm, beatTimes, sound: observeSound(audio), weight: SCENE_WEIGHT, group: kind })
}

const trackQuestions = async ({ count, firstSeed }: typeof TRACKS): Promise<Question[]> => {
  const questions: Question[] = []
  for await (const track of generatedExamples(count, firstSeed))
    questions.push(...questionsOf({ ...track, group: 'tracks' }))
  return questions
}

const train = (questions: readonly Question[], penalty: number): { weights: number[]; temperature: 1 } => {
  const width = questions[0]!.features[0]!.length
  const prior = { weights: [1, ...new Array<number>(width - 1).fill(0)], temperature: 1 }
  const { weights } = trainRotationModel(questions, { penalty, prior })
  return { weights: weights.map((weight) => Number(weight.toPrecision(3))), temperature: 1 }
}

const figureOf = (questions: readonly Question[], answer: (question: Question) => readonly number[]): string => {
  const right = questions.filter((question) => answer(question)[question.correct]! > 0.5).length
  const loss = questions.reduce((sum, question) => sum - Math.log(answer(question)[question.correct]!), 0)
  return `${right} of ${questions.length}, log loss ${(loss / questions.length).toFixed(3)}`
}

const training = [
  ...PIECES.flatMap(([kind, count], at) =>
    Array.from({ length: count }, (_, n) => sceneQuestions(kind, FIRST_SEED + 1000 * at + n)).flat(),
  ),
  ...(await trackQuestions(TRACKS)),
]
const judging = [
  ...PIECES.flatMap(([kind, , count]) =>
    Array.from({ length: count }, (_, n) => sceneQuestions(kind, FIRST_JUDGE_SEED + n)).flat(),
  ),
  ...(await trackQuestions(JUDGE_TRACKS)),
]
const written: Record<string, unknown> = {}
for (const [look, { penalty, file }] of Object.entries(LOOKS)) {
  const ofLook = (questions: readonly Question[]): Question[] => questions.filter((question) => question.look === look)
  const model = train(ofLook(training), penalty)
  process.stdout.write(
    `${look}, weights ${model.weights.join(', ')} of ${ofLook(training).length} tracks, pieces and excerpts\n`,
  )
  for (const kind of [...PIECES.map(([name]) => name), 'tracks']) {
    const asked = ofLook(judging).filter(({ group }) => group === kind)
    const first = figureOf(asked, ({ firstLook }) => firstLook)
    const second = figureOf(asked, ({ features }) => rotationProbabilities(model, features))
    process.stdout.write(`  ${kind}: first look ${first}; second look ${second}\n`)
  }
  written[file] = model
}
await writeWeights(
  'second-looks.card.json',
  {
    what: 'Second looks at octave and half-beat: logistic models that the first ones have a say in',
    trained_on: {
      pieces: Object.fromEntries(PIECES.map(([kind, count]) => [kind, count])),
      generated_tracks: TRACKS.count,
      each: 'per genre',
      excerpts: EXCERPTS.length,
    },
  },
  written,
)
