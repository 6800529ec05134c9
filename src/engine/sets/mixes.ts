import { existsSync } from 'node:fs'
import type { MixMove } from '../../core/mixing/mix-move.ts'
import type { MixedTrack } from '../../core/mixing/plan-mix.ts'
import { UserError } from '../../core/support/user-error.ts'
import { isJobOf, type JobOf } from '../jobs/job-definition.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { auditionDeck } from './audition.ts'
import { dropTransition, keepTransition } from './kept-transitions.ts'
import { mixedTrack } from './mixed-tracks.ts'
import { renderJob } from './render-job.ts'
import { fetchedMixPath, planRender, type RenderedSet, type RenderWish, renderSet } from './render-set.ts'
import type { TransitionWorkspace } from './transition.ts'

type IdentifiedTrack = MixedTrack & { readonly id: number }

/** Transitions that the person has set, to listen to and to render. @throws TRACK_NOT_FOUND, ANALYSIS_REQUIRED */
export type Mixes = {
  /** Keeps how the person goes from one track into another. @throws TRANSITION_INVALID, TEMPI_TOO_FAR */
  readonly keepTransition: (track: string, to: string, move: MixMove) => Promise<void>
  /** Takes that back, so that proposals count again. */
  readonly dropTransition: (track: string, to: string) => Promise<void>
  /** What both are laid over each other by. */
  readonly auditionTracks: (track: string, to: string) => Promise<readonly [IdentifiedTrack, IdentifiedTrack]>
  /** One of both by itself, as it sounds in the mix: a WAV file. @throws TRANSITION_INVALID, TEMPI_TOO_FAR, and as decoding does */
  readonly auditionDeck: (
    track: string,
    to: string,
    options: { readonly move: MixMove; readonly deck: 0 | 1 },
  ) => Promise<Uint8Array>
  /** Starts a job that renders a set. @throws TRANSITION_INVALID, TEMPI_TOO_FAR, EXPORT_EXISTS, AUDIO_NOT_FOUND */
  readonly startRender: (wish: RenderWish) => Promise<JobOf<typeof renderJob>>
  /** Renders a set now. @throws as `startRender`, MIX_TOO_LONG, STORAGE_FULL, and as decoding does */
  readonly render: (wish: RenderWish, options?: JobOptions) => Promise<RenderedSet>
  /** Where the mix of a job lies. @throws JOB_NOT_FOUND, AUDIO_NOT_FOUND */
  readonly renderedSet: (jobId: number) => Promise<{ readonly path: string; readonly name: string }>
}

/** @param urgent threads for what a person waits for */
export const mixes = (workspace: Workspace, urgent: TransitionWorkspace, jobs: JobQueue): Mixes => {
  const { store } = workspace
  return {
    keepTransition: async (track, to, move) => keepTransition(workspace, track, to, move),
    dropTransition: async (track, to) => dropTransition(workspace, track, to),
    auditionTracks: async (track, to) => {
      const [one, other] = [requireTrack(store, track), requireTrack(store, to)]
      return [
        { id: one.id, ...mixedTrack(store, one) },
        { id: other.id, ...mixedTrack(store, other) },
      ]
    },
    auditionDeck: async (track, to, options) =>
      auditionDeck(urgent, [requireTrack(store, track), requireTrack(store, to)], options),
    startRender: async (wish) => jobs.start(renderJob, await planRender(urgent, wish), { priority: 'urgent' }),
    render: async (wish, options) => renderSet(workspace, await planRender(urgent, wish), options),
    renderedSet: async (jobId) => {
      const job = jobs.get(jobId)
      const path = fetchedMixPath(store, jobId)
      if (!isJobOf(renderJob, job) || job.result?.file !== null || !existsSync(path))
        throw new UserError('AUDIO_NOT_FOUND', 'There is no mix of this job: render it again.')
      return { path, name: `${job.result.tracks[0]!.title}.wav` }
    },
  }
}
