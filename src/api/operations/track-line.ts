import { z } from 'zod'
import { stripPart, timestamp } from './fields.ts'
import { trackNotes } from './notes.ts'

/** Id, or digest of the audio. */
export const trackParams = z.object({ id: z.string().regex(/^(?:[1-9]\d{0,8}|[0-9a-f]{64})$/) })

/** A line of the list; null is what was not analysed. */
export const track = z.object({
  id: z.number(),
  title: z.string(),
  artist: z.string().nullable(),
  path: z.string().nullable(),
  duration_seconds: z.number().nullable(),
  tempo_bpm: z.number().nullable(),
  key: z.string().nullable(),
  camelot: z.string().nullable(),
  energy: z.number().nullable(),
  loudness_lufs: z.number().nullable(),
  album: z.string().nullable(),
  genre: z.string().nullable(),
  year: z.number().nullable(),
  /** What the file's tags say of tempo and key, the key as tagged and, where it is one, on the wheel. */
  tag_bpm: z.number().nullable(),
  tag_key: z.string().nullable(),
  tag_camelot: z.string().nullable(),
  /** The file's own; the person's are in `notes`. */
  tag_rating: z.number().nullable(),
  tag_comment: z.string().nullable(),
  format: z.string().nullable(),
  bit_rate_kbps: z.number().nullable(),
  /** Whether the estimated tempo may be wrong. */
  doubtful_grid: z.boolean().nullable(),
  notes: trackNotes,
  added_at: timestamp,
  labels: z.number(),
  /** What is where, as shares of the duration: labels, else sections of the active version; null where neither is known. */
  strip: z.array(stripPart).nullable(),
  state: z.enum(['ok', 'stale', 'not analysed', 'failed', 'missing', 'offline']),
  failure: z.object({ code: z.string(), detail: z.string() }).nullable(),
})
