import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import { EMPTY_TAGS } from '../../core/library/track-tags.ts'
import type { Section } from '../../core/sections/decode-sections.ts'
import { encodeHeardWindows } from '../../core/tags/heard-windows-bytes.ts'
import type { Seconds } from '../../core/units/units.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import { openObjects } from '../../platform/catalogue/object-store.ts'
import { putResult, putTrack } from '../../platform/catalogue/result-rows.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { encodeFeatures } from '../../platform/store/feature-cache.ts'
import { gridDigest } from '../../platform/store/grid-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { featuresKey, windowsKey } from './analyse-stored.ts'
import { currentAnalysisSpec } from './analysis-spec.ts'
import type { Catalogue } from './catalogue.ts'
import { soundsOfParts, suggested } from './sounded-parts.ts'

const EMBEDDING = 512
const PACK = 'fixture'

type FixtureSection = Span & { readonly kind: SectionKind; readonly sound: readonly number[] }

const soundOf = (numbers: readonly number[]): Float32Array =>
  Float32Array.from({ length: EMBEDDING }, (_, at) => numbers[at] ?? 0)

/** Windows of a second in each of which the section sounds that holds its beginning. */
const windowsOf = (sections: readonly FixtureSection[], seconds: number, bpm: number): Uint8Array => {
  const count = Math.floor(seconds)
  const embeddings = Array.from({ length: count }, (_, at) => {
    const beat = (at * bpm) / 60
    const { sound } = sections.find(({ startBeat, endBeat }) => startBeat <= beat && beat < endBeat) ?? sections[0]!
    return [...soundOf(sound)]
  })
  return encodeHeardWindows({
    count,
    seconds: 1 as Seconds,
    tags: new Float32Array(count),
    embeddings: Float32Array.from(embeddings.flat()),
  })
}

const readSection = ({ kind, startBeat, endBeat }: FixtureSection): Section => ({
  kind,
  startBeat,
  endBeat,
  confidence: 0.9,
  runnerUp: 'verse',
  probabilities: { intro: 0, build: 0, drop: 0, break: 0, outro: 0, verse: 0, chorus: 0, [kind]: 0.9 },
  evidence: [],
})

/** A track as a worker leaves it, without a file. @returns its id */
export const putFixtureTrack = async (
  sql: Sql,
  {
    title,
    bpm = 120,
    beats = 256,
    embedding,
    camelot = '8A',
    sections = [],
  }: {
    readonly title: string
    readonly bpm?: number
    readonly beats?: number
    /** The first numbers of its sound; none where left out. */
    readonly embedding?: readonly number[]
    readonly camelot?: string
    /** What the version that ships reads, and the first numbers of how each sounds: it is heard throughout in the track, whose windows are kept in the database. */
    readonly sections?: readonly FixtureSection[]
  },
): Promise<number> => {
  const audioDigest = digestOf(title)
  const trackId = await putTrack(sql, { audioDigest, tags: { ...EMPTY_TAGS, title }, path: `/gone/${title}.wav` })
  const grid = constantGrid(bpm, beats)
  const windows = windowsOf(sections, sections.length === 0 ? 0 : (beats * 60) / bpm, bpm)
  if (sections.length > 0) await openObjects(sql, null).put(windowsKey({ audioDigest, packDigest: PACK }), windows)
  await putResult(sql, {
    trackId,
    audioDigest,
    spec: currentAnalysisSpec(),
    featureSpec: currentFeatureSpecDigest(),
    grid,
    gridDigest: gridDigest(grid),
    durationSeconds: (beats * 60) / bpm,
    facts: {
      key: 'A minor',
      camelot,
      tuningCents: 0,
      keyConfidence: 1,
      energy: 5,
      energyCurve: [],
      loudnessLufs: -9,
      truePeakDb: -1,
      decoder: 'wav',
      warnings: [],
    },
    vector: Float32Array.of(1),
    heard: embedding
      ? {
          packDigest: PACK,
          embedding: soundOf(embedding),
          tags: [],
          flags: { version: 1, flags: [] },
        }
      : null,
    sections:
      sections.length === 0
        ? null
        : {
            version: 0,
            spec: 'fixture',
            sections: sections.map(readSection),
            sounds: soundsOfParts(sections.map(readSection).map(suggested), grid, windows),
          },
  })
  return trackId
}

/** Gives a catalogue the analysed tracks of a library, as workers would leave them; what people made of them stays there. */
export const shareTracks = async (
  { sql, objects }: Pick<Catalogue, 'sql' | 'objects'>,
  store: Store,
): Promise<void> => {
  for (const { id, audioDigest, tags } of store.tracks.list()) {
    const { grid } = store.grids.current(id)!
    const { analysedAt: _, trackId: __, facts, ...analysis } = store.analyses.get(id)!
    const features = store.features.read(analysis)
    if (features !== null) await objects.put(featuresKey(analysis), encodeFeatures(features))
    const read = store.sections.get(id, 0)
    await putResult(sql, {
      trackId: await putTrack(sql, { audioDigest, tags, path: `/gone/${tags.title}.wav` }),
      audioDigest,
      spec: currentAnalysisSpec(),
      featureSpec: analysis.featureSpecDigest,
      grid,
      gridDigest: analysis.gridDigest,
      durationSeconds: analysis.durationSeconds,
      facts,
      vector: Float32Array.of(1),
      heard: null,
      sections: read && { version: 0, spec: read.specDigest, sections: read.sections, sounds: [] },
    })
  }
}

/** A label as a person asks for it, in beats. */
export const userSpan = (kind: SectionKind, startBeat: number, endBeat: number) => ({
  kind,
  source: 'user' as const,
  startBeat,
  endBeat,
  startSeconds: null,
  endSeconds: null,
})

/** The code that somebody is refused with. */
export const refused = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'nothing was refused',
    (error: { readonly code: string }) => error.code,
  )
