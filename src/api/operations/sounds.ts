import { z } from 'zod'
import { flag, sectionKind } from './fields.ts'
import { heardTag, track, trackParams } from './tracks.ts'

/** How far two sounds are apart, and what else a DJ looks at; null is what is not known of one of the two. */
const likeness = {
  /** In standard deviations of the library: 0 is the same sound, about 1.4 usual. */
  distance: z.number(),
  /** Share of the others, 0 to 1, that are further away. */
  score: z.number(),
  /** At the nearest octave; positive where the other is faster. */
  tempo_difference_percent: z.number().nullable(),
  key_relation: z.enum(['same', 'neighbour', 'relative', 'other']).nullable(),
  key_compatible: z.boolean().nullable(),
  /** In points of the scale of 1 to 10; positive where the other has more. */
  energy_difference: z.number().nullable(),
  /** What is heard in both tracks for a while, the longest first. */
  shared_tags: z.array(z.string()),
}
/** Only others that mix: at the nearest octave of the tempo, in keys next to each other, in points of energy. */
const mixFilter = {
  tempo_within: z.coerce.number().min(0).max(30).optional(),
  compatible_keys: flag.optional(),
  energy_within: z.coerce.number().min(0).max(9).optional(),
}
const similarLimit = z.coerce.number().int().min(1).max(100).default(20)

/** The nearest first. */
export const similarTracks = z.array(
  z.object({
    track,
    ...likeness,
    /** Which seconds of the two sound alike, the likest first; null where that was not asked for, or no network has heard both. */
    moments: z
      .array(
        z.object({
          start_seconds: z.number(),
          other_start_seconds: z.number(),
          seconds: z.number(),
          likeness: z.number(),
        }),
      )
      .nullable(),
  }),
)
export const similarQuery = z.strictObject({ limit: similarLimit, ...mixFilter, moments: flag.optional() })

/** A label of a track, or what a model suggests where no label is. */
const librarySection = z.object({
  /** Number of the track and a beat: whatever section holds that beat, also after the track was read again. */
  id: z.string(),
  track,
  kind: sectionKind,
  is_label: z.boolean(),
  start_beat: z.number(),
  end_beat: z.number(),
  start_seconds: z.number(),
  end_seconds: z.number(),
})
export const sectionParams = z.object({ id: z.string().regex(/^[1-9]\d{0,8}-\d{1,6}$/) })
export const similarSections = z.array(z.object({ section: librarySection, ...likeness }))
export const similarSectionQuery = z.strictObject({ kind: sectionKind.optional(), limit: similarLimit, ...mixFilter })
export const sectionDetails = librarySection.extend({
  /** Longest heard first; null until a network has heard the track. */
  tags: z.array(heardTag).nullable(),
  /** Of its time, 0 to 1; null as the tags. */
  voice_share: z.number().nullable(),
})

/** How much of a track has a voice, and for each beat 1 where one is heard. */
export const trackVoice = z.object({ share: z.number(), beats: z.array(z.number()) })

const transitionSide = z.object({
  track,
  start_beat: z.number(),
  end_beat: z.number(),
  start_seconds: z.number(),
  end_seconds: z.number(),
  /** A label, what a model suggests, or where neither names an outro or intro, the end or beginning of the track. */
  chosen_by: z.enum(['label', 'suggestion', 'place']),
})
export const transitionQuery = z.strictObject({ to: trackParams.shape.id })
/** How well the outro of one track goes over into the intro of another, 0 to 1, part by part. */
export const transition = z.object({
  score: z.number().nullable(),
  parts: z.array(
    z.object({
      part: z.enum(['sound', 'key', 'tempo', 'energy', 'voices', 'basses']),
      /** Null where it is not known: it does not count. */
      score: z.number().nullable(),
      weight: z.number(),
      from: z.union([z.number(), z.string()]).nullable(),
      to: z.union([z.number(), z.string()]).nullable(),
      difference: z.number().nullable(),
    }),
  ),
  from: transitionSide,
  to: transitionSide,
})
