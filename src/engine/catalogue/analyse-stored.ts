import type { SectionModel } from '../../core/models/section-model.ts'
import { HEARD_CONTENT_VERSION } from '../../core/quality/heard-content.ts'
import { type StoredFile, withStoredAudio } from '../../platform/catalogue/audio-storage.ts'
import { type ObjectStore, objectKey } from '../../platform/catalogue/object-store.ts'
import type { AnalysisResult } from '../../platform/catalogue/result-rows.ts'
import type { AudioSource } from '../../platform/decoding/open-audio.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { encodeFeatures, type FeatureKey } from '../../platform/store/feature-cache.ts'
import { gridDigest } from '../../platform/store/grid-store.ts'
import { type HearingKey, hearingKey } from '../../platform/store/hearing-store.ts'
import type { IdentifiedTrack } from '../../platform/workers/identify-track.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { analyseFile } from '../analysis/analyse-file.ts'
import type { ReadyEars } from '../kit/ears.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { askForm } from '../kit/form-of.ts'
import { readSpecDigest } from '../kit/section-spec-digest.ts'
import { BASE_MODEL_VERSION } from '../versions/base-model.ts'
import { readParts, soundsOfParts } from './sounded-parts.ts'

/** What the analysis of a file takes. */
export type Analyst = {
  readonly pool: TaskRunner
  readonly ears: ReadyEars
  readonly model: SectionModel
  readonly objects: ObjectStore
  readonly spec: string
}

export type StoredOutcome = {
  readonly identified: IdentifiedTrack
  /** Null where this recording was analysed so before. */
  readonly result: Omit<AnalysisResult, 'trackId'> | null
}

export const featuresKey = ({ audioDigest, gridDigest: grid, featureSpecDigest }: FeatureKey): string =>
  objectKey('features', digestOf(`${audioDigest}\n${grid}\n${featureSpecDigest}`))

/** Of the windows that a network heard. */
export const windowsKey = (key: HearingKey): string => objectKey('windows', digestOf(hearingKey(key)))

export const peaksKey = (audioDigest: string): string => objectKey('peaks', audioDigest)

const analyse = async (
  { pool, ears, model, objects, spec }: Analyst,
  source: AudioSource,
  audioDigest: string,
  cancellation: { readonly signal?: AbortSignal },
): Promise<Omit<AnalysisResult, 'trackId'>> => {
  const input = { ...source, grid: null, peaks: true, ears: ears.input }
  const { grid, features, peaks, hearing, facts, vector, durationSeconds } = await analyseFile(
    pool,
    input,
    cancellation,
  )
  const form = await askForm(pool, { features, grid }, cancellation)
  const sections = await pool.run('readSections', { model, features, grid, form }, cancellation)
  const featureSpec = currentFeatureSpecDigest()
  const key = { audioDigest, gridDigest: gridDigest(grid), featureSpecDigest: featureSpec }
  const packDigest = ears.digest
  // Bytes come before the row that tells of them: what nobody tells of does no harm.
  await objects.put(featuresKey(key), encodeFeatures(features))
  if (peaks !== null) await objects.put(peaksKey(audioDigest), peaks)
  if (hearing !== null) await objects.put(windowsKey({ audioDigest, packDigest }), hearing.windows)
  return {
    audioDigest,
    spec,
    featureSpec,
    grid,
    gridDigest: key.gridDigest,
    durationSeconds,
    facts,
    vector,
    heard: hearing && {
      packDigest,
      embedding: hearing.embedding,
      tags: hearing.tags,
      flags: { version: HEARD_CONTENT_VERSION, flags: hearing.flags },
    },
    sections: {
      version: BASE_MODEL_VERSION,
      spec: readSpecDigest(featureSpec, form),
      sections,
      sounds: hearing === null ? [] : soundsOfParts(readParts(sections), grid, hearing.windows),
    },
  }
}

/**
 * Goes the whole way from a file of the storage to everything that is kept about it, by the tasks that analyse a library.
 * @param isKnown whether a recording was analysed so before
 */
export const analyseStored = (
  analyst: Analyst,
  file: StoredFile,
  {
    isKnown,
    ...cancellation
  }: { readonly isKnown: (audioDigest: string) => Promise<boolean>; readonly signal?: AbortSignal },
): Promise<StoredOutcome> =>
  withStoredAudio(file, async (source) => {
    const identified = await analyst.pool.run('identifyTrack', source, cancellation)
    const { audioDigest } = identified
    if (await isKnown(audioDigest)) return { identified, result: null }
    return { identified, result: await analyse(analyst, source, audioDigest, cancellation) }
  })
