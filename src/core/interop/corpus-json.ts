/**
 * The corpus's own format: one JSON object a track, with its truth in seconds. Several tracks in one file are
 * `{"tracks": [...]}`. Every field but the times of a segment may be missing.
 */
import { z } from 'zod'
import { SECTION_KINDS, type SectionKind } from '../labels/section-kind.ts'
import type { Bpm, Seconds } from '../units/units.ts'
import { checkShape, isRecord } from './json-text.ts'
import type { LabelCodec } from './label-codec.ts'
import type { LabelledTrack } from './labelled-track.ts'
import { sectionKindOfName } from './section-names.ts'

const segmentSchema = z.object({
  start: z.number(),
  end: z.number(),
  label: z.string().nullish(),
  stands_for: z.enum(SECTION_KINDS).nullish().catch(null),
  confidence: z.string().nullish(),
  inner_boundaries: z.array(z.number()).nullish(),
})

const trackSchema = z.object({
  id: z.string().nullish(),
  file: z.string().nullish(),
  content_hash: z.string().nullish(),
  source: z.string().nullish(),
  title: z.string().nullish(),
  artist: z.string().nullish(),
  duration_seconds: z.number().nonnegative().nullish(),
  tempo_bpm: z.number().positive().nullish(),
  tempo_constant: z.boolean().nullish(),
  beats_per_bar: z.number().int().positive().nullish(),
  beat_times: z.array(z.number()).nullish(),
  downbeat_times: z.array(z.number()).nullish(),
  key: z.string().nullish(),
  segments: z.array(segmentSchema).nullish(),
  beat_check: z.object({ zero_vs_best: z.number().nullish() }).nullish(),
})

const tracksSchema = z.object({ tracks: z.array(trackSchema) })

type CorpusSegment = {
  readonly start: Seconds
  readonly end: Seconds
  /** Null where only the edges are given. */
  readonly label: string | null
  /** What a label of the person's own counts as where nobody has it; left out for others. */
  readonly standsFor?: SectionKind
  /** 'high', 'medium' or 'low'; low labels are neither trained on nor measured by. */
  readonly confidence: string | null
  readonly innerBoundaries: readonly Seconds[]
}

export type CorpusTrack = {
  readonly id: string | null
  readonly file: string | null
  readonly contentHash: string | null
  /** Name of the collection that the track is from. */
  readonly source: string | null
  readonly title: string | null
  readonly artist: string | null
  readonly durationSeconds: Seconds | null
  readonly tempoBpm: Bpm | null
  /** Null where the file does not say. */
  readonly hasConstantTempo: boolean | null
  readonly beatsPerBar: number | null
  readonly beatTimes: readonly Seconds[] | null
  readonly downbeatTimes: readonly Seconds[] | null
  readonly key: string | null
  readonly segments: readonly CorpusSegment[]
  /** How well the claimed beats fit the sound, against the best shifted grid; below 0.75 they must not be scored. */
  readonly zeroVsBest: number | null
}

const toCorpusTrack = (track: z.infer<typeof trackSchema>): CorpusTrack => ({
  id: track.id ?? null,
  file: track.file ?? null,
  contentHash: track.content_hash ?? null,
  source: track.source ?? null,
  title: track.title ?? null,
  artist: track.artist ?? null,
  durationSeconds: track.duration_seconds ?? null,
  tempoBpm: track.tempo_bpm ?? null,
  hasConstantTempo: track.tempo_constant ?? null,
  beatsPerBar: track.beats_per_bar ?? null,
  beatTimes: track.beat_times ?? null,
  downbeatTimes: track.downbeat_times ?? null,
  key: track.key ?? null,
  segments: (track.segments ?? []).map(({ inner_boundaries, label, stands_for, confidence, ...edges }) => ({
    ...edges,
    label: label ?? null,
    ...(stands_for ? { standsFor: stands_for } : {}),
    confidence: confidence ?? null,
    innerBoundaries: inner_boundaries ?? [],
  })),
  zeroVsBest: track.beat_check?.zero_vs_best ?? null,
})

/** @throws IMPORT_MALFORMED with the field that is wrong */
export const parseCorpusTracks = (json: unknown): readonly CorpusTrack[] =>
  isRecord(json) && 'tracks' in json
    ? checkShape(tracksSchema, json, 'Corpus JSON').tracks.map(toCorpusTrack)
    : [toCorpusTrack(checkShape(trackSchema, json, 'Corpus JSON'))]

/** Leaves out unknown values, so that a file holds no nulls. */
const known = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))

const toDocument = (track: CorpusTrack): Record<string, unknown> =>
  known({
    id: track.id,
    file: track.file,
    content_hash: track.contentHash,
    source: track.source,
    title: track.title,
    artist: track.artist,
    duration_seconds: track.durationSeconds,
    tempo_bpm: track.tempoBpm,
    tempo_constant: track.hasConstantTempo,
    beats_per_bar: track.beatsPerBar,
    key: track.key,
    beat_times: track.beatTimes,
    downbeat_times: track.downbeatTimes,
    segments: track.segments.map(({ start, end, label, standsFor = null, confidence, innerBoundaries }) =>
      known({
        start,
        end,
        label,
        stands_for: standsFor,
        confidence,
        inner_boundaries: innerBoundaries.length > 0 ? innerBoundaries : null,
      }),
    ),
    beat_check: track.zeroVsBest === null ? null : { zero_vs_best: track.zeroVsBest },
  })

const formatCorpusTracks = (tracks: readonly CorpusTrack[]): string => {
  const document = tracks.length === 1 ? toDocument(tracks[0]!) : { tracks: tracks.map(toDocument) }
  return `${JSON.stringify(document, null, 1)}\n`
}

const corpusToLabelled = (track: CorpusTrack): LabelledTrack => ({
  path: track.file,
  contentHash: track.contentHash,
  title: track.title,
  artist: track.artist,
  durationSeconds: track.durationSeconds,
  tempoBpm: track.tempoBpm,
  beatsPerBar: track.beatsPerBar,
  beatTimes: track.beatTimes,
  downbeatTimes: track.downbeatTimes,
  key: track.key,
  labels: track.segments.map(({ start, end, label, standsFor, confidence }) => ({
    startSeconds: start,
    endSeconds: end,
    startBeat: null,
    endBeat: null,
    name: label ?? '',
    ...(standsFor && label !== null ? { ownName: label } : {}),
    kind: standsFor ?? (label === null ? null : sectionKindOfName(label)),
    source: null,
    createdAt: null,
    isDoubtful: confidence === 'low',
  })),
})

/** Labels without times in seconds are left out: the format has no beats. */
const labelledToCorpus = (track: LabelledTrack): CorpusTrack => ({
  id: null,
  file: track.path,
  contentHash: track.contentHash,
  source: null,
  title: track.title,
  artist: track.artist,
  durationSeconds: track.durationSeconds,
  tempoBpm: track.tempoBpm,
  hasConstantTempo: null,
  beatsPerBar: track.beatsPerBar,
  beatTimes: track.beatTimes,
  downbeatTimes: track.downbeatTimes,
  key: track.key,
  segments: track.labels.flatMap(({ startSeconds, endSeconds, name, ownName, kind, isDoubtful }) =>
    startSeconds === null || endSeconds === null
      ? []
      : [
          {
            start: startSeconds,
            end: endSeconds,
            label: name,
            ...(ownName && kind ? { standsFor: kind } : {}),
            confidence: isDoubtful ? 'low' : null,
            innerBoundaries: [],
          },
        ],
  ),
  zeroVsBest: null,
})

export const corpusJson = {
  basis: 'json',
  sniff: ({ json }) => isRecord(json) && ('segments' in json || 'tracks' in json),
  parse: ({ json }) => parseCorpusTracks(json).map(corpusToLabelled),
  format: (tracks) => formatCorpusTracks(tracks.map(labelledToCorpus)),
} as const satisfies LabelCodec
