/**
 * @file All that transitions out of a track and into it are judged by, small enough to be kept of every track of a library.
 * Conventions: spans in beats of the track; null is what is not known.
 */
import type { BeatGrid, PhraseCount } from '../beats/beat-grid.ts'
import { mainTempo } from '../beats/main-tempo.ts'
import { type FeatureMatrix, placeOf } from '../features/feature-matrix.ts'
import type { SectionPart } from '../labels/section-part.ts'
import type { Span } from '../labels/span.ts'
import { type HeardVoice, voiceBeats } from '../tags/heard-voice.ts'
import { type BarSounds, barSounds } from './bar-sounds.ts'
import { type MixPlaces, mixPlaces } from './mix-sides.ts'
import type { WindowGrid } from './mix-windows.ts'

export type MixProfile = {
  readonly grid: WindowGrid & PhraseCount
  readonly camelot: string | null
  /** Deviation from A = 440 Hz, −50 to 50. */
  readonly tuningCents: number | null
  /** What the trim makes of its amplitude when it is played. */
  readonly gain: number
  readonly parts: readonly Span[]
  readonly places: MixPlaces
  /** One value per bar from the first downbeat on, 0 to 1. */
  readonly energyCurve: readonly number[]
  /** By beat, 1 with the full bass of the track. */
  readonly fullBass: Uint8Array | null
  /** By beat, 1 where a voice is heard. */
  readonly voice: Uint8Array | null
  readonly sounds: BarSounds | null
}

/** What a profile is made of. */
export type ProfiledTrack = Pick<MixProfile, 'camelot' | 'tuningCents' | 'gain'> & {
  readonly grid: BeatGrid
  readonly parts: readonly SectionPart[]
  readonly energyCurve: readonly number[]
  readonly features: FeatureMatrix | null
  readonly voice: HeardVoice | null
}

/** A bass this far below the loud beats of the track is turned down, or is another bass. */
const FULL_BASS_WITHIN_DB = 9
/** Loud means as loud as the 95th percentile of the beats. */
const LOUD_SHARE = 0.95

const fullBassOf = (features: FeatureMatrix): Uint8Array | null => {
  const { columns, beats, values } = features
  if (beats === 0) return null
  const place = placeOf(features, 'level bass', 'A transition')
  const levels = Float32Array.from({ length: beats }, (_, beat) => values[beat * columns.length + place]!)
  const least = levels.toSorted()[Math.floor(LOUD_SHARE * (beats - 1))]! - FULL_BASS_WITHIN_DB
  return Uint8Array.from(levels, (level) => Number(level >= least))
}

const make = (track: ProfiledTrack): MixProfile => {
  const { grid, camelot, tuningCents, gain, parts, energyCurve, features, voice } = track
  const { beatCount, beatsPerBar, firstDownbeat, firstPhrase, laterPhrases } = grid
  return {
    grid: {
      beatCount,
      beatsPerBar,
      firstDownbeat,
      firstPhrase,
      ...(laterPhrases && { laterPhrases }),
      // One tempo is all that windows go by.
      anchors: [{ beat: 0, seconds: 0, bpm: mainTempo(grid) }],
    },
    camelot,
    tuningCents,
    gain,
    parts: parts.map(({ startBeat, endBeat }) => ({ startBeat, endBeat })),
    places: mixPlaces(grid, parts),
    energyCurve: energyCurve.map(Math.fround),
    fullBass: features && fullBassOf(features),
    voice: voice && Uint8Array.from(voiceBeats(voice, grid)),
    sounds: features && barSounds(features, grid),
  }
}

const known = new WeakMap<ProfiledTrack, MixProfile>()

/** Made once of a track. */
export const profileOf = (track: ProfiledTrack): MixProfile => {
  const profile = known.get(track) ?? make(track)
  known.set(track, profile)
  return profile
}
