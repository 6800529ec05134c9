import { type CorpusTrack, readCorpus } from '../corpus/corpus.ts'
import { generatedTracks } from '../corpus/generated-tracks.ts'
import { createAnalyser } from './analysis.ts'
import { type Prepared, prepareCorpus } from './folds.ts'
import { type Forms, NO_FORMS } from './forms.ts'

/** As many as the base model that ships is trained on. */
const GENERATED_PER_GENRE = 2

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

/** All tracks of some folders together. */
export const prepareFolders = async (folders: readonly string[], forms: Forms): Promise<Prepared> =>
  prepareTracks((await Promise.all(folders.map(readCorpus))).flat(), forms)

/** The generated tracks that a base model knows. */
export const prepareGenerated = async (): Promise<Prepared> =>
  prepareTracks(await generatedTracks(GENERATED_PER_GENRE), NO_FORMS)
