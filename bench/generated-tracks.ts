import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type CorpusTrack, readCorpus } from '../../bench/corpus.ts'
import { generateTrack } from '../../src/demo/generate-track.ts'
import { GENRES } from '../../src/demo/genre.ts'
import { encodeWav } from '../../src/demo/wav-file.ts'

/** Seeds that neither the demo library nor the recipe of the bar phases uses. */
const FIRST_SEED = 9500

/** Tracks with their truth in a folder of the corpus's format; those that are there already are left. */
export const generatedTracks = async (folder: string, tracksPerGenre: number): Promise<readonly CorpusTrack[]> => {
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

/** Neither non-commercial nor no-derivatives. */
const isFree = (licence: string): boolean => !/\bN[CD]\b/.test(licence)

/** Licences of the tracks that may train what ships, by id. */
export const freeLicences = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const manifest = z
    .array(z.object({ id: z.string(), licence: z.string() }))
    .parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  return new Map(manifest.filter(({ licence }) => isFree(licence)).map(({ id, licence }) => [id, licence]))
}
