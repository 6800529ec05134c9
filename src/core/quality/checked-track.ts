import type { DecodedAudio } from '../audio/audio.ts'
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { KeyEstimate } from '../features/key.ts'
import type { MeasuredFaults } from './measure-faults.ts'
import type { QualityFlag } from './quality-flag.ts'

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
