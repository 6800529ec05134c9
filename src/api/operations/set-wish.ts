import { z } from 'zod'
import { ENERGY_ARC_NAMES } from '../../core/setlist/energy-arc.ts'
import { MOST_SET_MINUTES, USUAL_TEMPO_STEP_PERCENT } from '../../core/setlist/kept-set.ts'
import { parseTrackQuery } from './tracks.ts'

export const setTrackId = z.number().int().positive()
const trackIds = z.array(setTrackId).max(1000).default([])
const bpm = z.number().min(20).max(400).nullable().default(null)
const percent = z.number().min(0).max(100).nullable().default(null)

/** Bars that the shortest transition may be asked to have: the lengths that there are. */
export const LEAST_BARS = [1, 2, 4, 8, 16, 32] as const

/** What a set is to be. */
export const setWish = z.strictObject({
  minutes: z.number().positive().max(MOST_SET_MINUTES),
  /** Parameters of `GET /api/tracks`, such as `genre=techno&bpm_min=125`; left out, all tracks. */
  pool: z
    .string()
    .max(4000)
    .refine((text) => parseTrackQuery(text) !== null, 'must be parameters of GET /api/tracks')
    .nullish(),
  /** Only these tracks, of those of the pool. */
  pool_track_ids: z.array(setTrackId).min(1).max(20_000).nullable().default(null),
  /** By name, or as energies at even distances, 0 the calmest track of the pool and 1 the most energetic. */
  arc: z.union([z.enum(ENERGY_ARC_NAMES), z.array(z.number().min(0).max(1)).min(1).max(200)]).default('peak'),
  seed: z.number().int().default(1),
  must_play: trackIds,
  never_play: trackIds,
  /** Places from 1, and from −1 backwards from the end. */
  fixed: z
    .array(
      z.strictObject({
        place: z
          .number()
          .int()
          .refine((place) => place !== 0, 'must be 1 or more, or −1 or less from the end'),
        track_id: setTrackId,
      }),
    )
    .max(1000)
    .default([]),
  /** So many other tracks come before the same artist again. */
  artist_gap: z.number().int().min(0).max(100).default(1),
  /** Tempi to choose from; half and double time count. */
  min_bpm: bpm,
  max_bpm: bpm,
  /** From one track to the next; null for any. */
  max_tempo_step_percent: z.number().min(0).max(100).nullable().default(USUAL_TEMPO_STEP_PERCENT),
  /** How far the tempo may climb and fall from one track to the next; the step where left out. */
  max_tempo_rise_percent: percent,
  max_tempo_fall_percent: percent,
  /** Transitions are at least so many bars long. */
  min_bars: z.literal([...LEAST_BARS]).default(1),
  no_two_voices: z.boolean().default(false),
})

/** What a set is to be of which nothing is asked. */
export const openWish = (): z.output<typeof setWish> => setWish.parse({ minutes: 60, max_tempo_step_percent: null })
