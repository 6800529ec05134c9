/**
 * @file The side that a stretch of a track contributes to a transition.
 * Conventions: spans in beats; null means unknown.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import { beatsToSeconds } from '../beats/beat-grid.ts'
import { mainTempo } from '../beats/main-tempo.ts'
import { type FeatureMatrix, placeOf } from '../features/feature-matrix.ts'
import type { Span } from '../labels/span.ts'
import { energyOfSpan } from '../sections/section-energy.ts'
import { type HeardVoice, voiceShare } from '../tags/heard-voice.ts'
import type { TransitionEnd } from './score-transition.ts'

export type EndingTrack = {
  readonly grid: BeatGrid
  readonly camelot: string | null
  readonly tuningCents: number | null
  /** One value per bar from the first downbeat on, 0 to 1. */
  readonly energyCurve: readonly number[]
  readonly features: FeatureMatrix | null
  readonly voice: HeardVoice | null
}

/** A bass this far below the loud beats of the track is turned down, or is another bass. */
const FULL_BASS_WITHIN_DB = 9
/** Loud means as loud as the 95th percentile of the beats. */
const LOUD_SHARE = 0.95

const fullBasses = new WeakMap<FeatureMatrix, { readonly levels: Float32Array; readonly least: number }>()

/** The bass of each beat, and from where on it is full; many stretches of a track are asked for one after the other. */
const basses = (features: FeatureMatrix): { readonly levels: Float32Array; readonly least: number } => {
  const known = fullBasses.get(features)
  if (known !== undefined) return known
  const { columns, beats, values } = features
  const place = placeOf(features, 'level bass', 'A transition')
  const levels = Float32Array.from({ length: beats }, (_, beat) => values[beat * columns.length + place]!)
  const found = { levels, least: levels.toSorted()[Math.floor(LOUD_SHARE * (beats - 1))]! - FULL_BASS_WITHIN_DB }
  fullBasses.set(features, found)
  return found
}

/** Share of the beats of a span whose bass is about as loud as in the track's loud beats. */
const bassShare = (features: FeatureMatrix, { startBeat, endBeat }: Span): number | null => {
  if (features.beats === 0) return null
  const { levels, least } = basses(features)
  const span = levels.subarray(Math.max(0, Math.round(startBeat)), Math.round(endBeat))
  return span.length === 0 ? null : span.filter((level) => level >= least).length / span.length
}

export const describeEnd = (track: EndingTrack, span: Span): TransitionEnd => {
  const { grid, camelot, tuningCents, energyCurve, features, voice } = track
  const [start, end] = [beatsToSeconds(grid, span.startBeat), beatsToSeconds(grid, span.endBeat)]
  return {
    tempoBpm: mainTempo(grid),
    camelot,
    tuningCents,
    energy: energyOfSpan(energyCurve, grid, span),
    voice: voice && voiceShare(voice, [start, end]),
    bass: features && bassShare(features, span),
  }
}
