/** The library that the page is measured on: ten thousand tracks, one of them with ten minutes of sound. */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { extendedMix, writeTrack } from '../../e2e/dance-tracks.fixture.ts'
import { openApp } from '../../src/app.ts'
import { createRandom } from '../../src/core/support/random.ts'
import { addFixtureTrack } from '../../src/engine/kit/library.fixture.ts'
import { openStore } from '../../src/platform/store/store.ts'
import { BENCH_FOLDER } from '../speed/audio.ts'

export const PAGE_TRACKS = 10_000
const TEN_MINUTES_SECONDS = 600
/** Of as many tracks as ten minutes take. */
const MIX = extendedMix(17, 31, 9, 4, 16, 8)
const MIX_NAME = 'ten minutes of house.wav'

export type PageLibrary = { readonly dataDir: string; readonly longTrackId: number }

const writeMix = async (folder: string): Promise<void> => {
  const path = join(folder, MIX_NAME)
  if (existsSync(path)) return
  await mkdir(folder, { recursive: true })
  await writeTrack(`${path}.partial`, MIX)
  await rename(`${path}.partial`, path)
}

const fill = (dataDir: string): void => {
  const random = createRandom(1)
  const store = openStore(dataDir)
  for (let index = 0; index < PAGE_TRACKS - 1; index++)
    addFixtureTrack(store, {
      index,
      cached: false,
      path: `crate ${index % 50}/Track ${index}.wav`,
      bpm: 90 + random() * 90,
      tags: { title: `Title ${Math.floor(random() * PAGE_TRACKS)}`, artist: `Artist ${index % 321}` },
      facts: { camelot: `${(index % 12) + 1}A`, key: 'A minor', energy: (index % 10) + 1 },
      kinds: index % 2 === 0 ? ['intro', 'drop', 'outro'] : [],
    })
  store.close()
}

/** Made anew in each run, but for the sound. */
export const preparePageLibrary = async (): Promise<PageLibrary> => {
  const [music, dataDir] = [join(BENCH_FOLDER, 'page-music'), join(BENCH_FOLDER, 'page-data')]
  await rm(dataDir, { recursive: true, force: true })
  await writeMix(music)
  fill(dataDir)
  const app = await openApp({ dataDir })
  try {
    await app.collection.addRoot(music)
    await app.collection.scan()
    const [found] = (await app.collection.searchTracks({ text: 'ten minutes' })).tracks
    if (found === undefined) throw new Error('The ten-minute track was not found in the library.')
    const { durationSeconds } = await app.collection.track(String(found.id))
    if (durationSeconds === null || durationSeconds < TEN_MINUTES_SECONDS)
      throw new Error(`The long track lasts ${durationSeconds} s.`)
    await app.analysis.waveform(String(found.id))
    return { dataDir, longTrackId: found.id }
  } finally {
    await app.close()
  }
}
