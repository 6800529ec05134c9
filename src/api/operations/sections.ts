import { z } from 'zod'
import { askedSpan, id, metre, place, sectionKind, timestamp, versionNumber } from './fields.ts'
import { started } from './jobs.ts'
import { operationsOf } from './operation.ts'
import { trackParams } from './track-line.ts'

const scope = z.object({ id: z.number(), name: z.string() }).nullable()
const section = z.looseObject({
  ...place,
  label: sectionKind,
  confidence: z.number(),
  runner_up: sectionKind,
  /** 1 to 10, as that of a track; null where it was not measured. */
  energy: z.number().nullable(),
  /** The kind of the person's own that it is; left out where it is the kind alone. */
  own_kind_id: z.number().optional(),
  probabilities: z.record(sectionKind, z.number()),
})
export const trackSections = z.object({
  track_id: z.number(),
  version: z.number(),
  /** The scope that the version speaks for; null for the general one. */
  scope,
  sections: z.array(section),
  made_at: timestamp,
})

const spoke = z.array(z.object({ group: z.string(), weight: z.number() }))
/** Why a version calls a part of a track what it calls it. */
export const evidence = z.object({
  version: z.number(),
  scope,
  ...metre,
  kinds: z.array(sectionKind),
  kind: sectionKind,
  /** Of the span as a whole, in the order of `kinds`. */
  probabilities: z.array(z.number()),
  /** Each by itself; `evidence` is for and against the kind of the whole. */
  bars: z.array(z.object({ start_beat: z.number(), probabilities: z.array(z.number()), evidence: spoke })),
  /** For (above 0) and against `kind`, the strongest first. */
  evidence: spoke,
  /** What it would be if a layer of the sound were there, or were not: it was put in or taken out, and the version asked again. */
  counterfactuals: z.array(
    z.object({
      layer: z.string(),
      way: z.enum(['there', 'away']),
      kind: sectionKind,
      probability: z.number(),
      /** Of the kind that it is now: as it is, and as it would be. */
      before: z.number(),
      after: z.number(),
      /** A bar of the track in which the layer is so. */
      example: z.object({ start_beat: z.number(), end_beat: z.number() }).nullable(),
    }),
  ),
  /** Bars outside the span that decided: they were left out, and the version asked again. The strongest first; empty where none did. */
  elsewhere: z.array(
    z.object({
      start_beat: z.number(),
      end_beat: z.number(),
      where: z.enum(['earlier', 'just before', 'just after', 'later']),
      /** How much they sound like the span: 1 as it does, 0 unrelated, −1 the opposite. */
      likeness: z.number(),
      /** Of the kind of the span: with them, and without them. */
      before: z.number(),
      after: z.number(),
    }),
  ),
})

const { get } = operationsOf('tracks')
const { post } = operationsOf('jobs')

export const sectionOperations = {
  trackSections: get('/api/tracks/:id/sections', {
    summary: 'Gives the sections that a version makes of a track.',
    params: trackParams,
    query: z.strictObject({ version: versionNumber.optional() }),
    response: { 200: trackSections },
    staleAfter: ['sections', 'grid', 'scopes'],
  }),
  repeats: get('/api/tracks/:id/repeats', {
    summary: 'Says where else in a track a part of it is heard, best match first.',
    params: trackParams,
    query: z.strictObject(askedSpan),
    response: { 200: z.array(z.object({ start_beat: z.number(), end_beat: z.number(), similarity: z.number() })) },
    staleAfter: ['its track'],
  }),
  evidence: get('/api/tracks/:id/evidence', {
    summary: 'Says why a version calls a part of a track what it calls it.',
    params: trackParams,
    query: z.strictObject({ ...askedSpan, version: versionNumber.optional() }),
    response: { 200: evidence },
    staleAfter: ['models', 'scopes'],
  }),
  openTrack: post('/api/tracks/:id/open', {
    summary: 'Says which track a person has open: what it lacks is made first.',
    params: trackParams,
    /** Null where it lacks nothing that can be made. */
    response: { 200: z.object({ job_id: z.string().nullable() }) },
  }),
  classify: post('/api/classify', {
    summary: 'Starts a job in which a version reads tracks.',
    body: z
      .strictObject({
        /** The active version where left out. */
        version: versionNumber.nullish(),
        /** All analysed tracks where left out. */
        track_ids: z.array(id).max(100_000).nullish(),
      })
      .nullish(),
    response: { 202: started },
  }),
}
