import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Store } from '../../platform/store/store.ts'
import { addFixtureTrack, type FixtureTrack } from '../kit/library.fixture.ts'
import { BASE_MODEL_VERSION } from '../versions/base-model.ts'

export type Read = readonly [kind: SectionKind, startBeat: number, endBeat: number, confidence: number]

/** As if a version had read the track. */
export const readAs = (
  store: Store,
  { trackId, modelVersion }: { readonly trackId: number; readonly modelVersion: number },
  sections: readonly Read[],
): void => {
  const { gridDigest, featureSpecDigest } = store.analyses.get(trackId)!
  store.sections.put({
    trackId,
    modelVersion,
    gridDigest,
    specDigest: featureSpecDigest,
    sections: sections.map(([kind, startBeat, endBeat, confidence]) => ({
      kind,
      startBeat,
      endBeat,
      confidence,
      runnerUp: 'verse',
      probabilities: { intro: 0, build: 0, drop: 0, break: 0, outro: 0, verse: 0, chorus: 0 },
      evidence: [],
    })),
  })
}

/** A track of the fixture, in a folder that is there, as if the model that ships had read it. @returns its id */
export const addReadTrack = (store: Store, options: FixtureTrack, sections: readonly Read[]): number => {
  const trackId = addFixtureTrack(store, options)
  store.roots.markScanned(store.roots.list()[0]!.id)
  readAs(store, { trackId, modelVersion: BASE_MODEL_VERSION }, sections)
  return trackId
}
