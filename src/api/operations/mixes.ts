import { z } from 'zod'
import { MIX_CURVES } from '../../core/mixing/mix-move.ts'
import { TRACKS_CHANGED } from './event-types.ts'
import { done, figure, id, media } from './fields.ts'
import { grid } from './grids.ts'
import { jobParams, started } from './jobs.ts'
import { operationsOf } from './operation.ts'
import { trackParams } from './track-line.ts'
import { trimDb } from './trim.ts'

const WAV_TYPE = 'audio/wav'

const moveFields = {
  /** Beats of the track that goes out, and of the next one, from which on both sound. */
  from_beat: z.number(),
  to_beat: z.number(),
  /** How long both sound, in beats of the track that goes out. */
  beats: z.number(),
  curve: z.enum(MIX_CURVES),
  /** Where the basses are swapped, in beats from where the window begins. */
  bass_swap_beat: z.number().nullable(),
  /** How much later than by the grids the next track sounds. */
  nudge_ms: z.number(),
}

/** Over which beats one track goes into the next, and how. */
export const mixMove = z.object(moveFields)
const newMove = z.strictObject({
  ...moveFields,
  bass_swap_beat: moveFields.bass_swap_beat.default(null),
  nudge_ms: moveFields.nudge_ms.default(0),
})

const mixedTrack = z.object({
  id: z.number(),
  title: z.string(),
  grid,
  duration_seconds: z.number(),
  loudness_lufs: z.number().nullable(),
  true_peak_db: z.number().nullable(),
})

const pairParams = z.object({ id: trackParams.shape.id, to: trackParams.shape.id })
const number = figure(z.number())

const { get, post, put, remove } = operationsOf('sets')

export const mixOperations = {
  keepTransition: put('/api/tracks/:id/transitions/:to', {
    summary: 'Keeps how the person goes from one track into another: it comes before all that is proposed of the two.',
    params: pairParams,
    body: newMove,
    response: { 200: mixMove },
  }),
  dropTransition: remove('/api/tracks/:id/transitions/:to', {
    summary: 'Takes back what was kept of two tracks, so that proposals count again.',
    params: pairParams,
    response: { 200: done },
  }),
  auditionTracks: get('/api/tracks/:id/audition/:to', {
    summary: 'Sends what two tracks are laid over each other by: grids, lengths and loudness.',
    params: pairParams,
    response: { 200: z.object({ from: mixedTrack, to: mixedTrack }) },
    staleAfter: TRACKS_CHANGED,
  }),
  auditionDeck: get('/api/tracks/:id/audition/:to/:deck', {
    summary:
      'Sends one of two tracks by itself, as it sounds in the mix of both: on the beats of both grids, its key kept, not faded.',
    description: 'From eight bars before the window to eight bars behind it.',
    params: pairParams.extend({ deck: z.enum(['from', 'to']) }),
    query: z.strictObject({
      from_beat: number,
      to_beat: number,
      beats: number,
      curve: moveFields.curve,
      nudge_ms: number.default(0),
    }),
    response: { 200: media('A WAV file of 16 bits in stereo at 44,100 Hz.', WAV_TYPE) },
  }),
  renderSet: post('/api/sets/render', {
    summary: 'Starts a job that renders tracks, one into the other, as one WAV file.',
    body: z.strictObject({
      track_ids: z.array(id).min(1).max(1000),
      /** From each track into the next; null where Algiers chooses, or all of them where left out. */
      transitions: z.array(newMove.nullable()).max(1000).optional(),
      /** Decibels that each track is louder by than its measured loudness asks for; none where left out. */
      trims_db: z.array(trimDb).max(1000).optional(),
      /** Only the transition of two tracks, with so many bars before and behind it. */
      around_bars: z.number().int().min(0).max(64).nullable().default(null),
      /** A file of this machine that is not there yet; left out, the mix waits to be fetched. */
      output: z.string().min(1).max(4096).nullable().default(null),
    }),
    response: { 202: started },
  }),
  renderedSet: get('/api/jobs/:job_id/mix', {
    summary: 'Sends the mix that a job has rendered to be fetched. Only the newest one is there.',
    params: jobParams,
    response: {
      200: media('A WAV file.', WAV_TYPE),
      206: media('The range that was asked for.', WAV_TYPE),
      304: z.null().describe('The file is the one that If-None-Match or If-Modified-Since names.'),
    },
  }),
}
