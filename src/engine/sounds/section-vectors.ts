import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { featuresIn } from '../../core/features/features-in.ts'
import type { SectionPart } from '../../core/labels/section-part.ts'
import type { Span } from '../../core/labels/span.ts'
import type { Track } from '../../core/library/track.ts'
import { trackVector, trackVectorSpecString } from '../../core/similarity/track-vector.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { embeddingOf } from '../../core/tags/heard-windows.ts'
import { decodeHeardWindows } from '../../core/tags/heard-windows-bytes.ts'
import { digestOf } from '../../platform/store/digest.ts'
import type { SectionVectorKey } from '../../platform/store/section-vector-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { heardBytes } from '../analysis/hearing.ts'
import { listSuggestions } from '../labelling/suggestions.ts'
import { scopesInForce } from '../versions/answering-version.ts'
import { proposingVersion } from '../versions/base-model.ts'

/** Raise this when vectors of sections are made in another way. */
const VERSION = 1

const sectionVectorKey = (store: Store): SectionVectorKey => ({
  modelVersions: JSON.stringify([proposingVersion(store), ...scopesInForce(store).map((scope) => scope.activeVersion)]),
  specDigest: digestOf(`${VERSION}\n${trackVectorSpecString()}`),
})

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 250

async function* allOrigins(store: Store): AsyncGenerator<ReturnType<Store['sectionVectors']['origins']>[number]> {
  const key = sectionVectorKey(store)
  for (let first = 0; ; ) {
    const page = store.sectionVectors.origins(key, { first, last: Number.MAX_SAFE_INTEGER, limit: AT_ONCE })
    yield* page
    if (page.length < AT_ONCE) return
    first = page.at(-1)!.trackId + 1
    await giveWay()
  }
}

/** Of each analysed track, everything that its parts and their sounds depend on, in one text. */
export const sectionOrigins = async (store: Store): Promise<ReadonlyMap<number, string>> => {
  const origins = new Map<number, string>()
  for await (const { trackId, origin } of allOrigins(store)) origins.set(trackId, origin)
  return origins
}

/** Labels of a track, and suggestions where there are none, in order. */
type Named = Span & Pick<SectionPart, 'kind'> & { readonly ownKindId?: number | null | undefined }

const partOf = ({ kind, startBeat, endBeat, ownKindId }: Named, isLabel: boolean): SectionPart => ({
  kind,
  startBeat,
  endBeat,
  isLabel,
  ...(typeof ownKindId === 'number' ? { ownKindId } : {}),
})

export const sectionParts = (store: Store, trackId: number): readonly SectionPart[] =>
  [
    ...store.labels.list({ trackId }).map((label) => partOf(label, true)),
    ...listSuggestions(store, { trackId, minConfidence: 0 }).map((suggestion) => partOf(suggestion, false)),
  ].sort((a, b) => a.startBeat - b.startBeat)

/** Sounds of stretches of a track, as far as the cache still tells. */
export const soundsOfSpans = (
  store: Store,
  track: Track,
  spans: readonly Span[],
): { readonly features: readonly Float32Array[] | null; readonly embeddings: readonly Float32Array[] | null } => {
  const analysis = store.analyses.summary(track.id)
  const grid = store.grids.current(track.id)
  const features = analysis !== null && analysis.gridDigest === grid?.digest ? store.features.read(analysis) : null
  const bytes = heardBytes(store, track)
  const heard = bytes === null ? null : decodeHeardWindows(bytes)
  return {
    features: features && spans.map((span) => trackVector(featuresIn(features, span))),
    embeddings:
      heard === null || grid === null || heard.count === 0
        ? null
        : spans.map(({ startBeat, endBeat }) =>
            embeddingOf(heard, [beatsToSeconds(grid.grid, startBeat), beatsToSeconds(grid.grid, endBeat)]),
          ),
  }
}

const fill = (store: Store, { trackId, origin }: { readonly trackId: number; readonly origin: string }): void => {
  const parts = sectionParts(store, trackId)
  store.sectionVectors.put({ trackId, origin }, parts, soundsOfSpans(store, store.tracks.get(trackId)!, parts))
}

/** Makes the vectors of a track's sections where the kept ones no longer hold. */
export const fillSectionVectors = (store: Store, trackId: number): void => {
  const tracks = { first: trackId, last: trackId, limit: 1 }
  for (const one of store.sectionVectors.origins(sectionVectorKey(store), tracks)) if (one.isStale) fill(store, one)
}

/** Other work gets its turn in between: a track takes a few milliseconds, and a library has thousands. */
export const fillAllSectionVectors = async (store: Store): Promise<void> => {
  for await (const { trackId, isStale } of allOrigins(store)) {
    if (!isStale) continue
    // The track is looked up again, since it may have changed or gone meanwhile.
    fillSectionVectors(store, trackId)
    await giveWay()
  }
}
