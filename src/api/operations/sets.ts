import { z } from 'zod'
import { BY_HAND } from '../../core/setlist/by-hand.ts'
import { MIX_STYLES } from '../../core/setlist/mix-styles.ts'
import { OVERLAP_PARTS } from '../../core/setlist/overlap-part-names.ts'
import { TRANSITION_PARTS } from '../../core/setlist/transition-parts.ts'
import { TRACKS_CHANGED } from './event-types.ts'
import { place } from './fields.ts'
import { mixMove } from './mixes.ts'
import { operationsOf } from './operation.ts'
import { setWish } from './set-wish.ts'
import { track, trackParams } from './track-line.ts'

const transitionSide = z.object({
  track,
  ...place,
  /** A label, what a model suggests, or where neither names an outro or intro, the end or beginning of the track. */
  chosen_by: z.enum(['label', 'suggestion', 'place']),
})
const partsOf = <Names extends readonly [string, ...string[]]>(names: Names) =>
  z.array(
    z.object({
      part: z.enum(names),
      /** Null where it is not known: it does not count. */
      score: z.number().nullable(),
      weight: z.number(),
      from: z.union([z.number(), z.string()]).nullable(),
      to: z.union([z.number(), z.string()]).nullable(),
      difference: z.number().nullable(),
    }),
  )
/** How well the outro of one track leads into the intro of another, 0 to 1, part by part. */
const transition = z.object({
  score: z.number().nullable(),
  parts: partsOf(TRANSITION_PARTS),
  from: transitionSide,
  to: transitionSide,
})

/** Bars from 1; the end is the bar after the last. */
const bars = z.tuple([z.number(), z.number()]).readonly()
export const proposedTransition = z.object({
  from: z.number(),
  to: z.number(),
  style: z.enum([...MIX_STYLES, BY_HAND]),
  /** That of its parts, times what the style is worth; null where no part is known. */
  score: z.number().nullable(),
  bars: z.number(),
  from_bars: bars,
  to_bars: bars,
  /** Where the bass changes over, in bars of the second track; null where one of them has none, or it is not known. */
  bass_swap_bar: z.number().nullable(),
  /** In bars of the first track; null where its voice is not there, not known, or sings to the end. */
  voice_ends_bar: z.number().nullable(),
  parts: partsOf([...TRANSITION_PARTS, ...OVERLAP_PARTS]),
  /** As a DJ would say it. */
  sentence: z.string(),
  /** How it is played; null where the tempi lie too far apart. */
  move: mixMove.nullable(),
  /** Whether the person has set it so: it then comes first. */
  kept: z.boolean(),
})

const plannedSet = z.object({
  tracks: z.array(track),
  transitions: z.array(proposedTransition),
  /** 0 to 1, of the transitions and of how near the energy comes to the arc. */
  score: z.number(),
  greedy_score: z
    .number()
    .nullable()
    .describe(
      'What always playing the track that the last one leads into best would score (nearest neighbours, whatever the arc says); null where that breaks a limit.',
    ),
  /** Whether no order of these tracks is better. */
  is_exact: z.boolean(),
  minutes: z.number(),
  /** Of each place, 0 the calmest track of the pool and 1 the most energetic: of its track, and as it was wished for. */
  energies: z.array(z.number()),
  arc: z.array(z.number()),
  /** What was left out of the pool, and why. */
  refusals: z.array(z.object({ track_id: z.number().nullable(), title: z.string().nullable(), reason: z.string() })),
})

const { get, post } = operationsOf('sets')

export const setOperations = {
  transition: get('/api/tracks/:id/transition', {
    summary: 'Says how well the outro of a track leads into the intro of another.',
    params: trackParams,
    query: z.strictObject({ to: trackParams.shape.id }),
    response: { 200: transition },
    staleAfter: TRACKS_CHANGED,
  }),
  transitions: get('/api/tracks/:id/transitions', {
    summary: 'Proposes over which bars a track leads into another, the best way first.',
    params: trackParams,
    query: z.strictObject({ to: trackParams.shape.id }),
    response: { 200: z.array(proposedTransition) },
    staleAfter: [...TRACKS_CHANGED, 'transitions'],
  }),
  planSet: post('/api/sets/plan', {
    summary: 'Plans a set: which tracks in which order, and over which bars each leads into the next.',
    description: 'The same wish and seed give the same set. Nothing is kept.',
    body: setWish,
    response: { 200: plannedSet },
  }),
}
