import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { EMPTY_TAGS } from '../../core/library/track-tags.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import { putResult, putTrack } from '../../platform/catalogue/result-rows.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { encodeFeatures } from '../../platform/store/feature-cache.ts'
import { gridDigest } from '../../platform/store/grid-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { featuresKey } from './analyse-stored.ts'
import { currentAnalysisSpec } from './analysis-spec.ts'
import type { Catalogue } from './catalogue.ts'

const EMBEDDING = 512

/** A track as a worker leaves it, without a file. @returns its id */
export const putFixtureTrack = async (
  sql: Sql,
  {
    title,
    bpm = 120,
    beats = 256,
    embedding,
  }: {
    readonly title: string
    readonly bpm?: number
    readonly beats?: number
    /** The first numbers of its sound; none where left out. */
    readonly embedding?: readonly number[]
  },
): Promise<number> => {
  const audioDigest = digestOf(title)
  const trackId = await putTrack(sql, { audioDigest, tags: { ...EMPTY_TAGS, title }, path: `/gone/${title}.wav` })
  const grid = constantGrid(bpm, beats)
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
      camelot: '8A',
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
          packDigest: 'fixture',
          embedding: Float32Array.from({ length: EMBEDDING }, (_, at) => embedding[at] ?? 0),
          tags: [],
          flags: { version: 1, flags: [] },
        }
      : null,
    sections: null,
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
      sections: read && { version: 0, spec: read.specDigest, sections: read.sections },
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
