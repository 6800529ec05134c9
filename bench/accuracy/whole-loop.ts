import type { CorpusTrack } from '../corpus/corpus.ts'
import { note } from '../note.ts'
import { type BaseOutcomes, judgeBase } from './base-alone.ts'
import { crossValidate, foldSides, type Predicted, type Side, trainAndPredict } from './folds.ts'
import type { Forms } from './forms.ts'
import { prepareFolders, prepareGenerated } from './prepare-folders.ts'

type Predictions = Predicted['predictions']
/** What was predicted of tracks by what had not seen them. */
export type Evaluation = Predicted & {
  /** Null where it was left out. */
  readonly base: readonly BaseOutcomes[] | null
  readonly tracks: readonly CorpusTrack[]
  /** Those of further shuffles. */
  readonly again: readonly Predictions[]
}

const judgeBases = async (
  folds: readonly { readonly train: Side; readonly test: Side }[],
  seed: number,
): Promise<readonly BaseOutcomes[]> => {
  const generated = await prepareGenerated()
  const outcomes: BaseOutcomes[] = []
  for (const [fold, { train, test }] of folds.entries()) {
    note(`base model alone: ${fold + 1} of ${folds.length}`)
    outcomes.push(await judgeBase(train, test, { generated, seed }))
  }
  await generated.close()
  return outcomes
}

type Asked = { readonly seed: number; readonly forms: Forms; readonly withBase: boolean }

/** Cross-validates inside some folders, a few times. */
export const evaluateOne = async (
  folders: readonly string[],
  { seed, forms, shuffles, withCurve, withBase }: Asked & { readonly shuffles: number; readonly withCurve: boolean },
): Promise<Evaluation> => {
  const corpus = await prepareFolders(folders, forms)
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

/** Trains on one folder and measures on another. */
export const evaluateTwo = async (
  trainFolder: string,
  testFolder: string,
  { seed, forms, withBase }: Asked,
): Promise<Evaluation> => {
  const train = await prepareFolders([trainFolder], forms)
  const test = await prepareFolders([testFolder], forms)
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
