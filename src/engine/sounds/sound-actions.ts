import type { EventLog } from '../kit/event-log.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import { keepSectionVectors } from './keep-section-vectors.ts'
import {
  type SectionDetails,
  type SimilarSection,
  type SimilarSectionOptions,
  sectionDetails,
  similarSections,
} from './similar-sections.ts'
import { type SimilarOptions, type SimilarTrack, similarTracks } from './similar-tracks.ts'
import type { SoundIndex } from './sound-index.ts'
import { type TrackVoice, trackVoice } from './track-voice.ts'

/** Answers about the sound of the library. @throws TRACK_NOT_FOUND, ANALYSIS_REQUIRED */
export type SoundActions = {
  /** Tracks that sound most like one, the nearest first. */
  readonly similarTracks: (track: string, options?: SimilarOptions) => Promise<readonly SimilarTrack[]>
  /** Share of a track with a voice, and its beats. */
  readonly voice: (track: string) => Promise<TrackVoice>
  /** A label or suggestion, by track and beat, and what is heard in it. @throws SECTION_NOT_FOUND */
  readonly section: (id: string) => Promise<SectionDetails>
  /** Sections of other tracks that sound most like one, the nearest first. @throws SECTION_NOT_FOUND */
  readonly similarSections: (id: string, options?: SimilarSectionOptions) => Promise<readonly SimilarSection[]>
}

export type SoundWorkspace = Workspace & { readonly index: SoundIndex }

/** Keeps vectors of sections up to date from now on. */
export const soundActions = (workspace: SoundWorkspace, events: Pick<EventLog, 'subscribe'>): SoundActions => {
  const { store } = workspace
  keepSectionVectors(store, events)
  return {
    similarTracks: async (track, options) => similarTracks(workspace, requireTrack(store, track), options),
    voice: async (track) => trackVoice(workspace, requireTrack(store, track)),
    section: (id) => sectionDetails(workspace, id),
    similarSections: (id, options) => similarSections(workspace, id, options),
  }
}
