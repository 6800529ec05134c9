import { z } from 'zod'
import { NOTE_COLOURS } from '../../core/library/track-notes.ts'
import { TRACK_SORTS } from '../../core/library/track-sorts.ts'
import { TRACK_STANDINGS } from '../../core/library/track-standing.ts'
import { QUALITY_CODES } from '../../core/quality/quality-flag.ts'
import { TRACKS_CHANGED } from './event-types.ts'
import { figure, flag, id, sectionKind, timeSpan, timestamp, wholeNumber } from './fields.ts'
import { gridImport, gridVersion } from './grids.ts'
import { heardTag } from './heard-tags.ts'
import { label } from './labels.ts'
import { operationsOf } from './operation.ts'
import { trackSections } from './sections.ts'
import { suggestion } from './suggestions.ts'
import { track, trackParams } from './track-line.ts'

export const trackPage = z.object({ tracks: z.array(track), total: z.number(), limit: z.number(), offset: z.number() })
const words = z.string().max(500).optional()
const amount = figure(z.number().min(0).max(100_000)).optional()
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/, 'must be a day such as 2026-05-31')
  .optional()
/** In any notation, such as 8A, 1m, Am or A minor. */
const key = z.string().max(20).optional()
const match = z.enum(['all', 'any']).default('all')

export const trackQuery = z.strictObject({
  q: z.string().max(500).optional(),
  bpm_min: figure(z.number().min(0).max(1000)).optional(),
  bpm_max: figure(z.number().min(0).max(1000)).optional(),
  key,
  compatible_with: key,
  energy_min: figure(z.number().min(0).max(10)).optional(),
  energy_max: figure(z.number().min(0).max(10)).optional(),
  has_labels: flag.optional(),
  /** Kinds of sections divided by commas: a person has labelled all of them in it. */
  label: z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(sectionKind))
    .optional(),
  needs_review: flag.optional(),
  /** Those that are missing are listed only where they are asked for. */
  status: z.enum([...TRACK_STANDINGS, 'all']).default('present'),
  /**
   * Names of `GET /api/tags`, divided by commas: all of them, or any, as `tag_match` says, are shown for it, or, where a tag is never shown,
   * heard in it for a twentieth of the time.
   */
  tag: z.string().max(2000).optional(),
  tag_match: match,
  /** Where a range of one octave begins in which tempi are compared, filtered and sorted; left out, they are as they are. */
  bpm_range_from: figure(z.number().min(0).max(500)).optional(),
  /** Words that all occur in it; so of `path` and `comment`. */
  genre: words,
  year_min: amount,
  year_max: amount,
  tag_bpm_min: amount,
  tag_bpm_max: amount,
  tag_key: key,
  /** Days or moments, ISO 8601. */
  added_since: moment,
  added_before: moment,
  bit_rate_min: amount,
  bit_rate_max: amount,
  format: z.string().max(40).optional(),
  loudness_min: figure(z.number().min(-200).max(100)).optional(),
  loudness_max: figure(z.number().min(-200).max(100)).optional(),
  path: words,
  doubtful_grid: flag.optional(),
  /** The person's own rating, else that of the file; 0 is not rated. */
  rating_min: wholeNumber(z.number().int().min(0).max(5)).optional(),
  rating_max: wholeNumber(z.number().int().min(0).max(5)).optional(),
  /** Colours divided by commas: any of them. */
  colour: z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(NOTE_COLOURS)))
    .optional(),
  comment: words,
  /** Tags of the person's own making, divided by commas; all or any of them, as `my_tags_match` says. */
  my_tags: z.string().max(2000).optional(),
  my_tags_match: match,
  /** The id of a playlist, of a smart one too: only its tracks. */
  playlist: id.optional(),
  /** By the title, or where a playlist is named, in its order. */
  sort: z.enum(TRACK_SORTS).optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
  limit: wholeNumber(z.number().int().min(1).max(500)).default(100),
  offset: wholeNumber(z.number().int().min(0).max(10_000_000)).default(0),
})

/** @param text as behind the question mark of an address @returns null for anything else */
export const parseTrackQuery = (text: string): z.infer<typeof trackQuery> | null =>
  trackQuery.safeParse(Object.fromEntries(new URLSearchParams(text))).data ?? null

/** `notice` is a fact worth knowing, `warning` will be heard or will mislead. */
const qualityFlag = z.object({
  code: z.enum(QUALITY_CODES),
  severity: z.enum(['notice', 'warning']),
  /** How much, in the unit that docs/api.md names for the code. */
  value: z.number().nullable(),
  /** Where; empty where it is the whole recording. */
  spans: z.array(timeSpan),
  /** Of `duplicate_audio`: the other files of the library that hold the recording. */
  files: z.array(z.string()).optional(),
  /** Those of them that are tracks of their own. */
  tracks: z.array(z.object({ track_id: z.number(), title: z.string() })).optional(),
})

export const trackDetails = track.omit({ labels: true }).extend({
  content_hash: z.string(),
  tags: z.looseObject({}),
  locations: z.array(z.looseObject({ path: z.string() })),
  grid: gridVersion.nullable(),
  /** What other programs have as its grid, each as the edit that would put it in force. */
  offered_grids: z.array(gridImport),
  facts: z
    .looseObject({
      energy_curve: z.array(z.number()),
      tuning_cents: z.number().nullable(),
      key_confidence: z.number().nullable(),
      true_peak_db: z.number().nullable(),
      warnings: z.array(z.string()),
    })
    .nullable(),
  /** What is wrong with the recording; null until it was checked. */
  quality: z.array(qualityFlag).nullable(),
  /** Longest heard first; null until a network has heard it. */
  heard_tags: z.array(heardTag).nullable(),
  analysed_at: timestamp.nullable(),
  label_count: z.number(),
  labels: z.array(label),
  /** To be sent back with an edit of them. */
  labels_revision: z.string(),
  /** What the active version makes of it; null where that is not known or does not hold any more. */
  sections: trackSections.nullable(),
  suggestions: z.array(suggestion),
})

const { get } = operationsOf('tracks')

export const trackOperations = {
  listTracks: get('/api/tracks', {
    summary: 'Searches the tracks of the library, a page at a time.',
    query: trackQuery,
    response: { 200: trackPage },
    staleAfter: [...TRACKS_CHANGED, 'notes', 'playlists', 'imports'],
  }),
  track: get('/api/tracks/:id', {
    summary: 'Gives all that is known about a track.',
    params: trackParams,
    response: { 200: trackDetails },
    staleAfter: ['its track'],
  }),
}
