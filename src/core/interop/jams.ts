/**
 * JAMS 0.3: one JSON object a track, annotations by namespace. Sections are read from segment_open, segment_salami_function
 * or tag_open (in that order), beats, tempo and key from their own; sections are written as segment_open, because
 * segment_salami_function knows no drop. Our beats and sources have no place in the format and go to its open sandboxes, and
 * so does the tempo, whose own namespace asks for a confidence that is unknown here.
 * https://jams.readthedocs.io/en/stable/jams_structure.html
 */
import { z } from 'zod'
import type { LabelSource } from '../labels/label.ts'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import { checkShape, isRecord } from './json-text.ts'
import type { LabelCodec } from './label-codec.ts'
import { type ForeignLabel, type LabelledTrack, UNKNOWN_TRACK } from './labelled-track.ts'
import { sectionKindOfName } from './section-names.ts'

const JAMS_VERSION = '0.3.5'
const SECTION_NAMESPACES = ['segment_open', 'segment_salami_function', 'tag_open'] as const
const DOWNBEAT = 1

const observationSchema = z.object({
  time: z.number(),
  duration: z.number(),
  value: z.unknown(),
  confidence: z.unknown(),
})
/** Early files hold a column for each field instead of a record for each observation. */
const denseSchema = z.object({
  time: z.array(z.number()),
  duration: z.array(z.number()),
  value: z.array(z.unknown()),
})
const labelOriginSchema = z.object({
  start_beat: z.number().nullish(),
  end_beat: z.number().nullish(),
  source: z.enum(['user', 'imported', 'auto_detected']).nullish(),
  created_at: z.string().nullish(),
  doubtful: z.boolean().nullish(),
  /** What a label of the person's own counts as where nobody has it. */
  stands_for: z.enum(SECTION_KINDS).nullish().catch(null),
})
const annotationSchema = z.object({
  namespace: z.string(),
  data: z.union([z.array(observationSchema), denseSchema]).nullish(),
  sandbox: z.object({ algiers: z.array(labelOriginSchema).nullish() }).nullish(),
})
const trackOriginSchema = z.object({
  path: z.string().nullish(),
  content_hash: z.string().nullish(),
  beats_per_bar: z.number().nullish(),
  tempo_bpm: z.number().positive().nullish(),
})
const documentSchema = z.object({
  file_metadata: z.object({
    title: z.string().nullish(),
    artist: z.string().nullish(),
    duration: z.number().nonnegative().nullish(),
  }),
  annotations: z.array(annotationSchema),
  sandbox: z.object({ algiers: trackOriginSchema.nullish() }).nullish(),
})

type Annotation = z.infer<typeof annotationSchema>
type Observation = { readonly time: number; readonly duration: number; readonly value: unknown }
type Origin = z.infer<typeof labelOriginSchema>

const observationsOf = (annotation: Annotation | undefined): readonly Observation[] => {
  const data = annotation?.data ?? []
  if (Array.isArray(data)) return data as readonly Observation[]
  return data.time.map((time, index) => ({ time, duration: data.duration[index] ?? 0, value: data.value[index] }))
}

const toLabel = ({ time, duration, value }: Observation, origin: Origin | undefined): ForeignLabel => {
  const name = typeof value === 'string' ? value : ''
  return {
    startSeconds: time,
    endSeconds: time + duration,
    startBeat: origin?.start_beat ?? null,
    endBeat: origin?.end_beat ?? null,
    name,
    ...(origin?.stands_for ? { ownName: name } : {}),
    kind: origin?.stands_for ?? sectionKindOfName(name),
    source: (origin?.source ?? null) as LabelSource | null,
    createdAt: origin?.created_at ?? null,
    isDoubtful: origin?.doubtful ?? false,
  }
}

/** "F#:minor" as tags write it: "F#m". */
const parseKey = (value: unknown): string | null => {
  const [, tonic, mode] = (typeof value === 'string' ? /^([A-G][b#]?):(major|minor)$/.exec(value) : null) ?? []
  return tonic === undefined ? null : tonic + (mode === 'minor' ? 'm' : '')
}

const formatKey = (key: string): string => (key.endsWith('m') ? `${key.slice(0, -1)}:minor` : `${key}:major`)

const orNull = <Item>(items: readonly Item[]): readonly Item[] | null => (items.length === 0 ? null : items)

/** Where several people annotated a track, the first annotation of a namespace counts. @throws IMPORT_MALFORMED with the field */
const parseJams = (json: unknown): LabelledTrack => {
  const { file_metadata, annotations, sandbox } = checkShape(documentSchema, json, 'JAMS')
  const first = (namespace: string): Annotation | undefined =>
    annotations.find((annotation) => annotation.namespace === namespace && observationsOf(annotation).length > 0)
  const sections = SECTION_NAMESPACES.map(first).find((annotation) => annotation !== undefined)
  const origins = sections?.sandbox?.algiers ?? []
  const beats = observationsOf(first('beat'))
  const tempo = observationsOf(first('tempo'))[0]?.value
  return {
    ...UNKNOWN_TRACK,
    path: sandbox?.algiers?.path ?? null,
    contentHash: sandbox?.algiers?.content_hash ?? null,
    title: file_metadata.title ?? null,
    artist: file_metadata.artist ?? null,
    durationSeconds: file_metadata.duration ?? null,
    tempoBpm: typeof tempo === 'number' && tempo > 0 ? tempo : (sandbox?.algiers?.tempo_bpm ?? null),
    beatsPerBar: sandbox?.algiers?.beats_per_bar ?? null,
    beatTimes: orNull(beats.map(({ time }) => time)),
    downbeatTimes: orNull(beats.filter(({ value }) => value === DOWNBEAT).map(({ time }) => time)),
    key: parseKey(observationsOf(first('key_mode'))[0]?.value),
    labels: observationsOf(sections).map((observation, index) => toLabel(observation, origins[index])),
  }
}

const annotation = (
  namespace: string,
  data: readonly Observation[],
  sandbox: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  namespace,
  annotation_metadata: { annotation_tools: 'Algiers' },
  data: data.map((observation) => ({ ...observation, confidence: null })),
  sandbox,
})

/** Labels without times in seconds are left out: the format has no beats of its own. */
const formatJams = (track: LabelledTrack): string => {
  const labels = track.labels.filter(({ startSeconds, endSeconds }) => startSeconds !== null && endSeconds !== null)
  const downbeats = new Set(track.downbeatTimes ?? [])
  const sections = labels.map(({ startSeconds, endSeconds, name }) => ({
    time: startSeconds!,
    duration: endSeconds! - startSeconds!,
    value: name,
  }))
  const origins = labels.map(({ startBeat, endBeat, source, createdAt, isDoubtful, ownName, kind }) => ({
    ...(ownName ? { stands_for: kind } : {}),
    start_beat: startBeat,
    end_beat: endBeat,
    source,
    created_at: createdAt,
    doubtful: isDoubtful,
  }))
  const document = {
    file_metadata: {
      ...(track.title === null ? {} : { title: track.title }),
      ...(track.artist === null ? {} : { artist: track.artist }),
      ...(track.durationSeconds === null ? {} : { duration: track.durationSeconds }),
      identifiers: {},
      jams_version: JAMS_VERSION,
    },
    annotations: [
      annotation('segment_open', sections, { algiers: origins }),
      ...(track.beatTimes
        ? [
            annotation(
              'beat',
              track.beatTimes.map((time) => ({ time, duration: 0, value: downbeats.has(time) ? DOWNBEAT : null })),
            ),
          ]
        : []),
      ...(track.key === null
        ? []
        : [annotation('key_mode', [{ time: 0, duration: track.durationSeconds ?? 0, value: formatKey(track.key) }])]),
    ],
    sandbox: {
      algiers: {
        path: track.path,
        content_hash: track.contentHash,
        beats_per_bar: track.beatsPerBar,
        tempo_bpm: track.tempoBpm,
      },
    },
  }
  return `${JSON.stringify(document, null, 1)}\n`
}

export const jams = {
  basis: 'json',
  sniff: ({ json }) => isRecord(json) && 'file_metadata' in json && 'annotations' in json,
  parse: ({ json }) => [parseJams(json)],
  format: ([track]) => formatJams(track!),
} as const satisfies LabelCodec
