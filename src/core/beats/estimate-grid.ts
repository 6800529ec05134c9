/** @file From audio to a beat grid with the shipped model. Pure and deterministic. */
import type { MonoAudio } from '../audio/audio.ts'
import type { Progress } from '../support/progress.ts'
import type { BarPhaseModel } from './bar-phase.ts'
import shippedModel from './bar-phase.weights.json' with { type: 'json' }
import type { BeatGrid } from './beat-grid.ts'
import { placeBars } from './place-bars.ts'
import { trackBeats } from './track-beats.ts'

export const shippedBarPhaseModel: BarPhaseModel = shippedModel

/** @throws UserError AUDIO_TOO_SHORT, AUDIO_SILENT or BEATS_NOT_FOUND. */
export const estimateGrid = (
  audio: MonoAudio,
  options: Progress & { readonly barPhaseModel?: BarPhaseModel } = {},
): BeatGrid => placeBars(trackBeats(audio, options), options.barPhaseModel ?? shippedBarPhaseModel)
