import type { DecodedAudio } from '../audio/audio.ts'
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { KeyEstimate } from '../features/key.ts'
import type { Decibels, Seconds } from '../units/units.ts'
import type { OnsetPrint } from './onset-print.ts'
import type { QualityFlag } from './quality-flag.ts'

export type SilentEdges = { readonly leadInSeconds: Seconds; readonly tailSeconds: Seconds }

export type Hum = {
  readonly mainsHertz: 50 | 60
  /** How far its lines stand out from their surroundings in quiet moments; the weaker of the two strongest lines. */
  readonly aboveDb: Decibels
}

/** What the checks need from the mono mix. */
export type MeasuredFaults = SilentEdges & {
  readonly hum: Hum | null
  /** By which the recording is told from another take of the same piece. */
  readonly onsets: OnsetPrint
}

/** Everything that the checks look at. */
export type CheckedTrack = Pick<
  DecodedAudio,
  'durationSeconds' | 'declaredSeconds' | 'channels' | 'sourceSampleRate' | 'loudness' | 'signal'
> & {
  readonly faults: MeasuredFaults
  /** Null where no pulse was found. */
  readonly grid: BeatGrid | null
  readonly key: KeyEstimate | null
}

/** @returns null where nothing is wrong. */
export type QualityCheck = (track: CheckedTrack) => QualityFlag | null
