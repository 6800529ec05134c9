/** @file From audio to a beat grid with the shipped model. Pure and deterministic. */
import type { MonoAudio } from '../audio/audio.ts'
import type { Progress } from '../support/progress.ts'
import type { BarPhaseModel } from './bar-phase.ts'
import shippedModel from './bar-phase.weights.json' with { type: 'json' }
import type { BeatGrid } from './beat-grid.ts'
import { estimateMix, MIX_SECONDS } from './estimate-mix.ts'
import { observeSound } from './observe-sound.ts'
import { type BesideBeats, placeBars } from './place-bars.ts'
import { type BeatTracking, trackSound } from './track-beats.ts'

export const shippedBarPhaseModel: BarPhaseModel = shippedModel

export type GridOptions = Progress &
  BesideBeats & {
    /** @default the model that ships */
    readonly barPhaseModel?: BarPhaseModel
  }

/** What the sound alone says: of a track its beats, whose octave and bars are open still; of a set, whose tracks are many, its grid. */
export type FoundBeats =
  | { readonly tracking: BeatTracking; readonly grid?: undefined }
  | { readonly grid: BeatGrid; readonly tracking?: undefined }

/** Nearly all of the work. @throws UserError AUDIO_TOO_SHORT, AUDIO_SILENT or BEATS_NOT_FOUND. */
export const findBeats = (
  audio: MonoAudio,
  { barPhaseModel = shippedBarPhaseModel, habit, ...progress }: Omit<GridOptions, 'heard'> = {},
): FoundBeats => {
  const sound = observeSound(audio, progress)
  progress.signal?.throwIfAborted()
  const found =
    sound.durationSeconds > MIX_SECONDS
      ? { grid: estimateMix(sound, barPhaseModel, habit) }
      : { tracking: trackSound(sound) }
  progress.onProgress?.(1)
  return found
}

export const gridOfBeats = (
  { tracking, grid }: FoundBeats,
  { barPhaseModel = shippedBarPhaseModel, ...beside }: Omit<GridOptions, keyof Progress> = {},
): BeatGrid => grid ?? placeBars(tracking, barPhaseModel, beside)

/** Both steps. @throws as `findBeats` */
export const estimateGrid = (audio: MonoAudio, options: GridOptions = {}): BeatGrid =>
  gridOfBeats(findBeats(audio, options), options)
