/** A thread of `npm run evaluate`: decodes a file once, then measures its beats, its features, or both. */
import { parentPort } from 'node:worker_threads'
import type { BeatGrid } from '../../src/core/beats/beat-grid.ts'
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import type { HeardPace } from '../../src/core/beats/heard-octave.ts'
import { placeBars } from '../../src/core/beats/place-bars.ts'
import { type BeatTracking, trackBeats } from '../../src/core/beats/track-beats.ts'
import { extractFeatures } from '../../src/core/features/extract-features.ts'
import type { FeatureMatrix } from '../../src/core/features/feature-matrix.ts'
import { decodeFile } from '../../src/platform/decoding/decode-file.ts'
import { hearLevels } from '../../src/platform/workers/hear-levels.ts'

export type AnalysisRequest = {
  readonly id: number
  readonly path: string
  /** The grid to measure features on; null: track the beats, and use the grid that the shipped bar-phase model makes of them. */
  readonly grid: BeatGrid | null
  readonly wantsFeatures: boolean
}

/** Beats of a track before its bars are placed, and what is heard in it. */
export type HeardBeats = { readonly tracking: BeatTracking; readonly pace: HeardPace | null }

export type AnalysisReply =
  | {
      readonly id: number
      readonly beats: HeardBeats | null
      readonly grid: BeatGrid
      /** Null where no features are wanted. */
      readonly matrix: FeatureMatrix | null
      readonly error?: undefined
    }
  | { readonly id: number; readonly error: string }

const analyse = async ({ id, path, grid: known, wantsFeatures }: AnalysisRequest): Promise<AnalysisReply> => {
  try {
    const { mono } = await decodeFile(path)
    const tracking = known ? null : trackBeats(mono)
    const heard = await hearLevels(mono, {
      signal: new AbortController().signal,
      report: () => {},
    })
    const beats = tracking && { tracking, pace: heard.pace }
    const grid = known ?? placeBars(tracking!, shippedBarPhaseModel, { heard: heard.pace })
    return { id, beats, grid, matrix: wantsFeatures ? extractFeatures(mono, grid, { heard }) : null }
  } catch (error) {
    return { id, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
  }
}

parentPort?.on('message', async (request: AnalysisRequest) => parentPort?.postMessage(await analyse(request)))
