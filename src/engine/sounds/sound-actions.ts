import { WorkerPool } from '../../platform/workers/worker-pool.ts'
import { URGENT_PRIORITY } from '../jobs/job-queue.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type JudgedTransition, judgeTransition, type TransitionWorkspace } from '../sets/transition.ts'
import {
  type SectionDetails,
  type SimilarSection,
  type SimilarSectionOptions,
  sectionDetails,
  similarSections,
} from './similar-sections.ts'
import { type SimilarOptions, type SimilarTrack, similarTracks } from './similar-tracks.ts'
import { createSoundIndex } from './sound-index.ts'
import { type TrackVoice, trackVoice } from './track-voice.ts'

/** What can be asked about how the music of a library sounds. @throws TRACK_NOT_FOUND, ANALYSIS_REQUIRED */
export type SoundActions = {
  /** Those that sound most like a track, the nearest first. */
  readonly similarTracks: (track: string, options?: SimilarOptions) => Promise<readonly SimilarTrack[]>
  /** How well the outro of one track goes over into the intro of another. */
  readonly transition: (track: string, to: string) => Promise<JudgedTransition>
  /** How much of a track has a voice, and which beats. */
  readonly voice: (track: string) => Promise<TrackVoice>
  /** A label or suggestion of the library, by track and beat, and what is heard in it. @throws SECTION_NOT_FOUND */
  readonly section: (id: string) => Promise<SectionDetails>
  /** Those of other tracks that sound most like it, the nearest first. @throws SECTION_NOT_FOUND */
  readonly similarSections: (id: string, options?: SimilarSectionOptions) => Promise<readonly SimilarSection[]>
  readonly close: () => Promise<void>
}

export const soundActions = (workspace: Workspace & { readonly pool: WorkerPool }): SoundActions => {
  const { store, ears, pool } = workspace
  // One thread, which keeps what it compares and does nothing else: nobody waits for an analysis to end.
  const comparing = new WorkerPool({ size: 1 })
  const index = createSoundIndex(store, comparing)
  const sounds: TransitionWorkspace = { store, ears, pool: pool.withPriority(URGENT_PRIORITY), index }
  return {
    similarTracks: async (track, options) => similarTracks(sounds, requireTrack(store, track), options),
    transition: async (track, to) => judgeTransition(sounds, requireTrack(store, track), requireTrack(store, to)),
    voice: async (track) => trackVoice(workspace, requireTrack(store, track)),
    section: (id) => sectionDetails(workspace, id),
    similarSections: (id, options) => similarSections(sounds, id, options),
    close: () => comparing.close(),
  }
}
