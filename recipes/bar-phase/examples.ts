import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type CorpusTrack, readCorpus } from '../../bench/corpus/corpus.ts'
import { phraseTimesOf } from '../../bench/corpus/phrase-times.ts'
import { ANALYSIS_SAMPLE_RATE_HZ, type MonoAudio, type PlanarAudio } from '../../src/core/audio/audio.ts'
import { resample } from '../../src/core/audio/resample.ts'
import { trackBeats } from '../../src/core/beats/track-beats.ts'
import { generateTrack } from '../../src/demo/generate-track.ts'
import { GENRES } from '../../src/demo/genre.ts'
import { decodeFile } from '../../src/platform/decoding/decode-file.ts'
import type { BarPhaseExample } from './fit-bar-phase.ts'

/** Free in the sense of this recipe: neither non-commercial nor no-derivatives. */
const isFree = (licence: string): boolean => !/\bN[CD]\b/.test(licence)

export type FreeTrack = { readonly track: CorpusTrack; readonly licence: string }

/** Tracks of the corpus that have trustworthy beats and may train what ships. */
export const freeTracks = async (folder: string): Promise<FreeTrack[]> => {
  const manifest = z
    .array(z.object({ id: z.string(), licence: z.string() }))
    .parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  const licences = new Map(manifest.map(({ id, licence }) => [id, licence]))
  return (await readCorpus(folder)).flatMap((track) => {
    const licence = licences.get(track.id)
    const usable = track.beatTimes !== null && track.downbeatTimes !== null && track.beatsCount
    return usable && licence !== undefined && isFree(licence) ? [{ track, licence }] : []
  })
}

export const exampleOf = async ({ track }: FreeTrack): Promise<BarPhaseExample> => ({
  tracking: trackBeats((await decodeFile(track.audioPath)).mono),
  beatTimes: track.beatTimes!,
  downbeatTimes: track.downbeatTimes!,
  phraseTimes: phraseTimesOf(
    track.beatTimes!,
    track.segments.map((segment) => segment.start),
  ),
  group: track.id,
  weight: 1,
})

const mixDown = ({ planes, sampleRate }: PlanarAudio): MonoAudio => {
  const mono = planes[0]!.map((_, n) => planes.reduce((sum, plane) => sum + plane[n]!, 0) / planes.length)
  return { samples: resample(mono, sampleRate), sampleRate: ANALYSIS_SAMPLE_RATE_HZ }
}

/** Seeds far from those of the demo library, so that no track of the demo was trained on. */
const FIRST_SEED = 9000

export async function* generatedExamples(tracksPerGenre: number): AsyncGenerator<BarPhaseExample> {
  for (let n = 0; n < tracksPerGenre; n++)
    for (const genre of GENRES) {
      const { audio, truth } = await generateTrack(FIRST_SEED + n, genre)
      yield {
        tracking: trackBeats(mixDown(audio)),
        beatTimes: truth.beat_times,
        downbeatTimes: truth.downbeat_times,
        phraseTimes: phraseTimesOf(
          truth.beat_times,
          truth.segments.map((segment) => segment.start),
        ),
        group: truth.id,
        weight: 1,
      }
    }
}
