import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { type Metre, metreOf } from '../../core/labels/bar-text.ts'
import type { Span } from '../../core/labels/span.ts'
import type { Track } from '../../core/library/track.ts'
import type { SectionExplanation } from '../../core/sections/explain-section.ts'
import type { Repeat } from '../../core/sections/find-repeats.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type Answering, answeringVersion } from '../versions/answering-version.ts'
import { readModelVersion, readProposingModel } from '../versions/section-model-file.ts'

type Scoped = Pick<Answering, 'scope'>
/** Why a version gives a span its kind, and how bars are counted there. */
export type ExplainedSpan = SectionExplanation & Scoped & Metre & { readonly version: number }
type Asked = Span & { readonly version?: number | undefined }

/** @throws ANALYSIS_REQUIRED, LABEL_OUT_OF_TRACK, LABEL_SPAN_INVALID */
const requireSpan = (
  store: Store,
  track: Track,
  { startBeat, endBeat }: Span,
): { readonly features: FeatureMatrix; readonly grid: GridVersion; readonly span: Span } => {
  const grid = requireGrid(store, track)
  const analysis = store.analyses.get(track.id)
  const features = analysis?.gridDigest === grid.digest ? store.features.read(analysis) : null
  if (features === null)
    throw new UserError('ANALYSIS_REQUIRED', `The features of track ${track.id} are out of date, or not in the cache.`)
  const span = { startBeat: Math.round(startBeat), endBeat: Math.round(endBeat) }
  if (span.endBeat <= span.startBeat)
    throw new UserError('LABEL_SPAN_INVALID', `Beats ${startBeat} to ${endBeat} hold nothing.`)
  if (span.endBeat > features.beats)
    throw new UserError('LABEL_OUT_OF_TRACK', `Beat ${span.endBeat} lies outside the track: it has ${features.beats}.`)
  return { features, grid, span }
}

const readAnsweringModel = (store: Store, { id }: Track): ReturnType<typeof readProposingModel> & Scoped => {
  const { scope, version } = answeringVersion(store, id)
  return scope === null || version === null
    ? { scope: null, ...readProposingModel(store) }
    : { scope, version, model: readModelVersion(store, version) }
}

/**
 * Explains why a model gives a span its kind.
 * @throws as `requireSpan`, MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL
 */
export const explainSpan = async ({ store, pool }: Workspace, track: Track, asked: Asked): Promise<ExplainedSpan> => {
  const { features, grid, span } = requireSpan(store, track, asked)
  const { version, scope, model } =
    asked.version === undefined
      ? readAnsweringModel(store, track)
      : { version: asked.version, scope: null, model: readModelVersion(store, asked.version) }
  const explained = await pool.run('explainSection', { model, features, grid: grid.grid, span })
  return { version, scope, ...metreOf(grid.grid), ...explained }
}

/** Finds other places in the track that sound like a span, best first. @throws as `requireSpan` */
export const repeatsOf = async ({ store, pool }: Workspace, track: Track, asked: Span): Promise<readonly Repeat[]> => {
  const { features, grid, span } = requireSpan(store, track, asked)
  return pool.run('findRepeats', { features, grid: grid.grid, span })
}
