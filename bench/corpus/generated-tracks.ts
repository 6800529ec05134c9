import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateTrack } from '../../src/demo/generate-track.ts'
import { GENRES } from '../../src/demo/genre.ts'
import { encodeWav } from '../../src/demo/wav-file.ts'
import { type CorpusTrack, readCorpus } from './corpus.ts'

const GENERATED_FOLDER = new URL('../../.cache/base-model', import.meta.url).pathname
/** Seeds that neither the demo library nor the recipe of the bar phases uses. */
const FIRST_SEED = 9500

/** Tracks with their truth in a folder of the corpus's format; those that are there already are left. */
export const generatedTracks = async (
  tracksPerGenre: number,
  folder: string = GENERATED_FOLDER,
): Promise<readonly CorpusTrack[]> => {
  await mkdir(folder, { recursive: true })
  const ids = new Set<string>()
  for (let n = 0; n < tracksPerGenre; n++)
    for (const genre of GENRES) {
      const id = `${genre}-${FIRST_SEED + n}`
      ids.add(id)
      if (existsSync(join(folder, `${id}.json`))) continue
      const { audio, truth, plan } = await generateTrack(FIRST_SEED + n, genre)
      await writeFile(join(folder, truth.file), encodeWav(audio, plan))
      // The truth comes last and whole: an interrupted run goes on from there.
      await writeFile(join(folder, `${id}.tmp`), JSON.stringify(truth))
      await rename(join(folder, `${id}.tmp`), join(folder, `${id}.json`))
      process.stderr.write(`\rgenerated ${ids.size} `)
    }
  return (await readCorpus(folder)).filter(({ id }) => ids.has(id))
}
