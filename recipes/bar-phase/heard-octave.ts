/**
 * Trains the weights of what is heard for the octave: `node recipes/bar-phase/heard-octave.ts CORPUS … [--generated 2] [--figures-only]`. Recordings
 * under free licences and generated tracks train; all recordings are judged by weights that know neither them nor their source.
 */
import { parseArgs } from 'node:util'
import { createAnalyser } from '../../bench/accuracy/analysis.ts'
import { prepareCorpus } from '../../bench/accuracy/folds.ts'
import type { HeardTrack } from '../../bench/accuracy/gridded-track.ts'
import { readCorpus } from '../../bench/corpus/corpus.ts'
import { generatedTracks } from '../../bench/corpus/generated-tracks.ts'
import { doubledByOnsets } from '../../src/core/beats/bar-phase.ts'
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { heardOctave, heardOctaveFeatures } from '../../src/core/beats/heard-octave.ts'
import { type RotationExample, type RotationModel, trainRotationModel } from '../../src/core/beats/rotation-model.ts'
import { writeWeights } from './write-weights.ts'

const SAME_TEMPO = 0.04
/** Strength of the pull towards the onsets alone, chosen on the generated tracks. */
const TRAINING = { penalty: 0.02, prior: { weights: [1, 0, 0, 0], temperature: 1 } }

type Question = RotationExample & {
  readonly id: string
  readonly byOnsets: number
  readonly heard: NonNullable<HeardTrack['pace']>
}

/** None where the tempo is none of the two, or unknown. */
const questionOf = ({ track, tracking, pace }: HeardTrack): Question[] => {
  if (track.tempoBpm === null || !track.beatsCount || pace === null) return []
  const ratio = track.tempoBpm / tracking.baseBpm
  const correct = [1, 2].findIndex((factor) => Math.abs(ratio / factor - 1) < SAME_TEMPO)
  if (correct < 0) return []
  const byOnsets = doubledByOnsets(tracking, shippedBarPhaseModel)
  const features = heardOctaveFeatures(byOnsets, pace)
  return [{ id: track.id, features, correct, weight: 1, group: track.source, byOnsets, heard: pace }]
}

const figureOf = (questions: readonly Question[], doubled: (question: Question) => number): string => {
  const right = questions.filter((question) => (doubled(question) > 0.5 ? 1 : 0) === question.correct)
  const loss = questions.reduce((sum, question) => {
    const probability = doubled(question)
    return sum - Math.log(question.correct === 1 ? probability : 1 - probability)
  }, 0)
  const wrong = questions.filter((question) => !right.includes(question)).map(({ id }) => id)
  return `${right.length} of ${questions.length}, log loss ${(loss / questions.length).toFixed(3)}, wrong: ${wrong.join(' ') || 'none'}`
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { generated: { type: 'string', default: '2' }, 'figures-only': { type: 'boolean', default: false } },
})
const analyser = await createAnalyser({ wantsFeatures: false })
const corpus = await prepareCorpus((await Promise.all(positionals.map(readCorpus))).flat(), analyser)
const generated = await prepareCorpus(await generatedTracks(Number(values.generated)), analyser)
const recordings = corpus.tracks.flatMap(questionOf)
const made = generated.tracks.flatMap(questionOf)
const isFree = new Map(corpus.tracks.map(({ track }) => [track.id, track.isFree]))
const free = recordings.filter(({ id }) => isFree.get(id))

const without = new Map(
  [...new Set(recordings.map(({ group }) => group))].map((source): [string, RotationModel] => [
    source,
    trainRotationModel([...free.filter(({ group }) => group !== source), ...made], TRAINING),
  ]),
)
process.stdout.write(`by onsets alone: ${figureOf(recordings, ({ byOnsets }) => byOnsets)}
and by what is heard, each source left out: ${figureOf(recordings, ({ byOnsets, heard, group }) => heardOctave(byOnsets, heard, without.get(group)!))}
generated tracks by onsets alone: ${figureOf(made, ({ byOnsets }) => byOnsets)}
`)
const { weights } = trainRotationModel([...free, ...made], TRAINING)
const model = { weights: weights.map((weight) => Number(weight.toPrecision(3))), temperature: 1 }
process.stdout.write(`weights ${model.weights.join(', ')} of ${free.length} recordings and ${made.length} generated tracks
all by these: ${figureOf(recordings, ({ byOnsets, heard }) => heardOctave(byOnsets, heard, model))}
generated tracks by these: ${figureOf(made, ({ byOnsets, heard }) => heardOctave(byOnsets, heard, model))}
`)
if (!values['figures-only'])
  await writeWeights(
    'heard-octave.card.json',
    {
      what: 'What is heard for the octave of a tempo: a logistic model that the onsets have a say in',
      trained_on: { recordings_under_free_licences: free.map(({ id }) => id).sort(), generated_tracks: made.length },
    },
    { 'heard-octave.weights.json': model },
  )
await analyser.close()
