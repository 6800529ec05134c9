/** @file From audio to a beat grid with the shipped model. Pure and deterministic. */
import type { MonoAudio } from '../audio/audio.ts'
import type { Progress } from '../support/progress.ts'
import type { BarPhaseModel } from './bar-phase.ts'
import shippedModel from './bar-phase.weights.json' with { type: 'json' }
import type { BeatGrid } from './beat-grid.ts'
import { estimateMix, MIX_SECONDS } from './estimate-mix.ts'
import { observeSound } from './observe-sound.ts'
import { placeBars } from './place-bars.ts'
import { NO_HABIT, type TempoHabit } from './tempo-habit.ts'
import { trackSound } from './track-beats.ts'

export const shippedBarPhaseModel: BarPhaseModel = shippedModel

export type GridOptions = Progress & {
  /** @default the model that ships */
  readonly barPhaseModel?: BarPhaseModel
  /** What the person has said of tempi so far. @default nothing */
  readonly habit?: TempoHabit
}

/** @throws UserError AUDIO_TOO_SHORT, AUDIO_SILENT or BEATS_NOT_FOUND. */
export const estimateGrid = (
  audio: MonoAudio,
  { barPhaseModel = shippedBarPhaseModel, habit = NO_HABIT, ...progress }: GridOptions = {},
): BeatGrid => {
  const sound = observeSound(audio, progress)
  progress.signal?.throwIfAborted()
  const grid =
    sound.durationSeconds > MIX_SECONDS
      ? estimateMix(sound, barPhaseModel, habit)
      : placeBars(trackSound(sound), barPhaseModel, habit)
  progress.onProgress?.(1)
  return grid
}
