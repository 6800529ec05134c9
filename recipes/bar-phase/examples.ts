import { phraseTimesOf } from '../../bench/corpus/phrase-times.ts'
import { ANALYSIS_SAMPLE_RATE_HZ, type MonoAudio, type PlanarAudio } from '../../src/core/audio/audio.ts'
import { resample } from '../../src/core/audio/resample.ts'
import { type ObservedSound, observeSound } from '../../src/core/beats/observe-sound.ts'
import type { Bpm } from '../../src/core/units/units.ts'
import { generateTrack } from '../../src/demo/generate-track.ts'
import { GENRES } from '../../src/demo/genre.ts'
import type { BarPhaseExample } from './fit-bar-phase.ts'
import { SCENE_KINDS, type SceneKind } from './scene-styles.ts'
import { drawScene } from './scenes.ts'

/** An example before its beats are tracked. */
export type HeardExample = Omit<BarPhaseExample, 'tracking'> & { readonly sound: ObservedSound; readonly bpm: Bpm }

const mixDown = ({ planes, sampleRate }: PlanarAudio): MonoAudio => {
  const mono = planes[0]!.map((_, n) => planes.reduce((sum, plane) => sum + plane[n]!, 0) / planes.length)
  return { samples: resample(mono, sampleRate), sampleRate: ANALYSIS_SAMPLE_RATE_HZ }
}

/** Seeds far from those of the demo library, so that no track of the demo was trained on. */
const FIRST_SEED = 9000

export async function* generatedExamples(tracksPerGenre: number, firstSeed = FIRST_SEED): AsyncGenerator<HeardExample> {
  for (let n = 0; n < tracksPerGenre; n++)
    for (const genre of GENRES) {
      const { audio, truth } = await generateTrack(firstSeed + n, genre)
      yield {
        sound: observeSound(mixDown(audio)),
        bpm: truth.tempo_bpm,
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

const FIRST_SCENE = 100
/** Scenes are short and plain, so each counts half of a track. */
export const SCENE_WEIGHT = 0.5
/** Slow songs are what is doubled most, a kick on every beat what is halved most, and an off-beat bass what moves a beat: measured on other scenes, decision 0035. */
const OCTAVE_WEIGHTS: Partial<Readonly<Record<SceneKind, number>>> = { slow: 2, fast: 2, house: 4, 'off-beat': 4 }
const OFF_BEAT_WEIGHT = 2

export function* sceneExamples(scenesPerKind: number): Generator<HeardExample> {
  for (let n = 0; n < scenesPerKind; n++)
    for (const [at, kind] of SCENE_KINDS.entries()) {
      const { audio, ...truth } = drawScene(kind, (FIRST_SCENE + n) * 100 + at)
      yield {
        ...truth,
        sound: observeSound(audio),
        group: `${kind}-${FIRST_SCENE + n}`,
        weight: SCENE_WEIGHT,
        octaveWeight: OCTAVE_WEIGHTS[kind] ?? 1,
        halfBeatWeight: kind === 'off-beat' ? OFF_BEAT_WEIGHT : 1,
      }
    }
}
