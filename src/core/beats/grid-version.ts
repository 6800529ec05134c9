import type { BeatGrid } from './beat-grid.ts'

/** A stored grid of a track; the newest version is in force. */
export type GridVersion = {
  readonly trackId: number
  /** Counts from 1 within the track. */
  readonly version: number
  readonly digest: string
  /** Where its beats come from: an estimate that is restored is an estimate. */
  readonly origin: 'estimated' | 'edited'
  /** How it came from the version before, e.g. `shift 1`, or `restore 1` where it is an earlier one again; null for an estimate. */
  readonly edit: string | null
  readonly grid: BeatGrid
  readonly createdAt: string
}
