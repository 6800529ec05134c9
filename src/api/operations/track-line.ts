import { z } from 'zod'
import { stripPart, timestamp } from './fields.ts'

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
  added_at: timestamp,
  labels: z.number(),
  /** What is where, as shares of the duration: labels, else sections of the active version; null where neither is known. */
  strip: z.array(stripPart).nullable(),
  state: z.enum(['ok', 'stale', 'not analysed', 'failed', 'missing', 'offline']),
  failure: z.object({ code: z.string(), detail: z.string() }).nullable(),
})
