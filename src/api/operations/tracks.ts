import { z } from 'zod'
import { PEAKS_FORMAT } from '../../core/audio/waveform-peaks.ts'
import { QUALITY_CODES } from '../../core/quality/quality-flag.ts'
import { flag, id, sectionKind, stripPart, timestamp } from './fields.ts'
import { label, suggestion } from './labels.ts'

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

export const trackPage = z.object({ tracks: z.array(track), total: z.number(), limit: z.number(), offset: z.number() })
export const trackQuery = z.strictObject({
  q: z.string().max(500).optional(),
  bpm_min: z.coerce.number().min(0).max(1000).optional(),
  bpm_max: z.coerce.number().min(0).max(1000).optional(),
  key: z.string().max(4).optional(),
  compatible_with: z.string().max(4).optional(),
  energy_min: z.coerce.number().min(0).max(10).optional(),
  energy_max: z.coerce.number().min(0).max(10).optional(),
  has_labels: flag.optional(),
  needs_review: flag.optional(),
  /** Names of `GET /api/tags`, divided by commas: all of them are heard in it. */
  tag: z.string().max(500).optional(),
  sort: z.enum(['title', 'artist', 'bpm', 'key', 'energy', 'duration', 'added', 'labels']).default('title'),
  order: z.enum(['asc', 'desc']).default('asc'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
})

/** Id, or digest of the audio. */
export const trackParams = z.object({ id: z.string().regex(/^(?:[1-9]\d{0,8}|[0-9a-f]{64})$/) })

/** `PEAKS_FORMAT` of `audio/waveform-peaks.ts`: with it and a digest as id, the address names these bytes for ever. */
export const waveformQuery = z.strictObject({ format: z.coerce.number().pipe(z.literal(PEAKS_FORMAT)).optional() })

const grid = z.object({
  anchors: z.array(z.object({ beat: z.number(), seconds: z.number(), bpm: z.number() })),
  beat_count: z.number(),
  beats_per_bar: z.number(),
  first_downbeat: z.number(),
  first_phrase: z.number(),
  tempo_confidence: z.number(),
  downbeat_confidence: z.number(),
  phrase_confidence: z.number(),
})
export const gridVersion = z.object({
  track_id: z.number(),
  version: z.number(),
  digest: z.string(),
  origin: z.enum(['estimated', 'edited']),
  edit: z.string().nullable(),
  grid,
  created_at: timestamp,
})

const section = z.looseObject({
  start_beat: z.number(),
  end_beat: z.number(),
  start_seconds: z.number(),
  end_seconds: z.number(),
  label: sectionKind,
  confidence: z.number(),
  runner_up: sectionKind,
  probabilities: z.record(sectionKind, z.number()),
})
export const trackSections = z.object({
  track_id: z.number(),
  version: z.number(),
  sections: z.array(section),
  made_at: timestamp,
})
/** `notice` is a fact worth knowing, `warning` will be heard or will mislead. */
const qualityFlag = z.object({
  code: z.enum(QUALITY_CODES),
  severity: z.enum(['notice', 'warning']),
  /** How much, in the unit that docs/api.md names for the code. */
  value: z.number().nullable(),
  /** Where; empty where it is the whole recording. */
  spans: z.array(z.object({ start_seconds: z.number(), end_seconds: z.number() })),
  /** Of `duplicate_audio`: the other files of the library that hold the recording. */
  files: z.array(z.string()).optional(),
})

/** A tag that a network heard: in so much of the time, and how likely on average. */
export const heardTag = z.object({ tag: z.string(), group: z.string(), share: z.number(), probability: z.number() })
export const placedTags = z.array(
  heardTag.extend({ spans: z.array(z.object({ start_seconds: z.number(), end_seconds: z.number() })) }),
)
/** Tags that are heard for a while in some track, with the number of such tracks. */
export const libraryTags = z.array(z.object({ tag: z.string(), group: z.string(), tracks: z.number() }))

export const trackDetails = track.omit({ labels: true }).extend({
  content_hash: z.string(),
  tags: z.looseObject({}),
  locations: z.array(z.looseObject({ path: z.string() })),
  grid: gridVersion.nullable(),
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

export const versionQuery = z.strictObject({ version: id.optional() })

/** Of the grid that was edited: 409 where it is another by now, so that an edit that is sent twice is done once. */
const version = id.optional()
export const gridEdit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shift'), beats: z.number(), version }),
  z.strictObject({ kind: z.literal('shift-phrase'), bars: z.number(), version }),
  z.strictObject({ kind: z.literal('halve'), version }),
  z.strictObject({ kind: z.literal('double'), version }),
  z.strictObject({ kind: z.literal('nudge'), seconds: z.number(), version }),
  z.strictObject({ kind: z.literal('re-anchor'), seconds: z.number(), as: z.enum(['beat', 'downbeat']), version }),
])

export const audioQuery = z.strictObject({ path: z.string().min(1).max(8192) })

export const root = z.object({
  id: z.number(),
  path: z.string(),
  added_at: timestamp,
  scanned_at: timestamp.nullable(),
  offline_since: timestamp.nullable(),
  /** The demo library, which can be taken away whole. */
  is_demo: z.boolean(),
})
export const folderQuery = z.strictObject({ path: z.string().min(1).max(4096).optional() })
const folder = z.object({ name: z.string(), path: z.string() })
/** What a folder picker shows of the machine that the server runs on. */
export const folderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(folder),
  audio_files: z.number(),
  audio_names: z.array(z.string()),
  places: z.array(folder),
})
export const newRoot = z.strictObject({ path: z.string().min(1).max(4096) })

/** Part of a track, in beats. */
const spanOfBeats = {
  start_beat: z.coerce.number().min(0).max(1_000_000),
  end_beat: z.coerce.number().min(0).max(1_000_000),
}
export const repeatQuery = z.strictObject(spanOfBeats)
export const repeats = z.array(z.object({ start_beat: z.number(), end_beat: z.number(), similarity: z.number() }))
export const evidenceQuery = z.strictObject({ ...spanOfBeats, version: id.optional() })
const spoke = z.array(z.object({ group: z.string(), weight: z.number() }))
/** Why a version calls a part of a track what it calls it. */
export const evidence = z.object({
  version: z.number(),
  kinds: z.array(sectionKind),
  kind: sectionKind,
  /** Of the span as a whole, in the order of `kinds`. */
  probabilities: z.array(z.number()),
  /** Each by itself; `evidence` is for and against the kind of the whole. */
  bars: z.array(z.object({ start_beat: z.number(), probabilities: z.array(z.number()), evidence: spoke })),
  /** For (above 0) and against `kind`, the strongest first. */
  evidence: spoke,
})
