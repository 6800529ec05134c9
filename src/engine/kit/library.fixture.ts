import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { FEATURE_SPEC } from '../../core/features/feature-spec.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { EditedLabel, StoredLabel } from '../../core/labels/stored-label.ts'
import { EMPTY_TAGS, type TrackTags } from '../../core/library/track-tags.ts'
import { QUALITY_CHECKS_VERSION } from '../../core/quality/check-quality.ts'
import type { TrackFacts } from '../../core/quality/track-facts.ts'
import { createRandom } from '../../core/support/random.ts'
import { gridDigest, type NewGrid } from '../../platform/store/grid-store.ts'
import type { Root } from '../../platform/store/root-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentVectorSpecDigest } from '../analysis/track-vectors.ts'
import { currentFeatureSpecDigest } from './feature-spec-digest.ts'

/** Beats of a track of the fixture: three parts of 32. */
const FIXTURE_BEATS = 96

/** Every column rises by 3 in the middle third, above some noise: a drop that nobody could miss. */
const featuresOf = (seed: number): FeatureMatrix => {
  const random = createRandom(seed)
  const { columns } = FEATURE_SPEC
  const values = Float32Array.from({ length: FIXTURE_BEATS * columns.length }, (_, index) => {
    const beat = Math.floor(index / columns.length)
    return random() + (beat >= 32 && beat < 64 ? 3 : 0)
  })
  return { columns, beats: FIXTURE_BEATS, values }
}

export type FixtureTrack = {
  readonly index: number
  readonly tags?: Partial<TrackTags>
  readonly path?: string
  readonly bpm?: number
  readonly facts?: Partial<TrackFacts>
  /** False: an analysis is recorded, its features are not in the cache. @default true */
  readonly cached?: boolean
  /** How it sounds, in any dimensions; none when left out. */
  readonly vector?: readonly number[]
  readonly kinds?: readonly SectionKind[]
  /** @default one of its own */
  readonly audioDigest?: string
}

const addOfflineRoot = (store: Store): Root => {
  const root = store.roots.add('/gone')
  store.roots.markOffline(root.id)
  return root
}

/** Makes the labels of a track these, while nobody else edits. */
export const putLabels = (store: Store, trackId: number, labels: readonly EditedLabel[]): readonly StoredLabel[] =>
  store.labels.put({ trackId, revision: store.labels.revision(trackId), labels })!

/** Labels and decisions keep their beats. */
export const putNewGrid = (store: Store, grid: NewGrid): GridVersion => {
  const { trackId } = grid
  const [labels, decisions] = [store.labels.list({ trackId }), store.suggestions.decisions(trackId)]
  const imported = store.suggestions.importedSpans(trackId)
  return store.grids.add({ ...grid, revision: store.suggestions.revision(trackId), labels, decisions, imported })!
}

/** A track as scan and analysis leave it, in a folder whose drive is not there. @returns its id */
export const addFixtureTrack = (store: Store, options: FixtureTrack): number => {
  const { index, tags = {}, path = `${index}.wav`, bpm = 120, facts = {}, cached = true, vector, kinds = [] } = options
  const root = store.roots.list()[0] ?? addOfflineRoot(store)
  const { audioDigest = `audio-${index}` } = options
  const { trackId } = store.tracks.recordFile(root.id, {
    path,
    sizeBytes: 1,
    modifiedMs: 1,
    audioDigest,
    fileDigest: audioDigest,
    tags: { ...EMPTY_TAGS, ...tags },
  })
  const grid = constantGrid(bpm, FIXTURE_BEATS)
  const key = { audioDigest, gridDigest: gridDigest(grid), featureSpecDigest: currentFeatureSpecDigest() }
  putNewGrid(store, { trackId, origin: 'estimated', edit: null, grid })
  if (cached) store.features.write(key, featuresOf(index))
  if (vector) store.vectors.put({ ...key, trackId, specDigest: currentVectorSpecDigest() }, Float32Array.from(vector))
  const noFacts = {
    key: null,
    camelot: null,
    tuningCents: null,
    keyConfidence: null,
    energy: null,
    energyCurve: [],
    loudnessLufs: null,
    truePeakDb: null,
    decoder: 'wav',
    warnings: [],
    quality: { version: QUALITY_CHECKS_VERSION, flags: [] },
  }
  const durationSeconds = (FIXTURE_BEATS * 60) / bpm
  store.analyses.put({ ...key, trackId, durationSeconds, facts: { ...noFacts, ...facts } })
  putLabels(
    store,
    trackId,
    kinds.map((kind, third) => ({ startBeat: third * 32, endBeat: third * 32 + 32, kind, source: 'user' })),
  )
  return trackId
}

/** Ten tracks with three labels each: the least that a training takes. */
export const addLabelledTracks = (store: Store, count = 10): readonly number[] =>
  Array.from({ length: count }, (_, index) => addFixtureTrack(store, { index, kinds: ['intro', 'drop', 'outro'] }))
