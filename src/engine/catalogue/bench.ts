import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readLabels } from '../../platform/catalogue/label-rows.ts'
import { readTrack } from '../../platform/catalogue/track-rows.ts'
import { readWork } from '../../platform/catalogue/work-rows.ts'
import { decodeFeatures } from '../../platform/store/feature-cache.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { featuresKey } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'
import { putVersions } from './team-versions.ts'

/** What of a team lies on a bench beside its model versions. */
export type BenchContent = {
  /** Labels, and the tracks that they are of. @default false */
  readonly labels?: boolean
  /** What was measured of these tracks. @default false */
  readonly features?: boolean
}

const putTrack = async (
  { sql, objects }: Catalogue,
  store: Store,
  {
    teamId,
    trackId,
    withFeatures,
  }: { readonly teamId: number; readonly trackId: number; readonly withFeatures: boolean },
): Promise<void> => {
  const shared = await readTrack(sql, teamId, String(trackId))
  if (shared === null) return
  const { track, grid, analysis } = shared
  const id = store.trackWork.addTrack(track, { withId: true })
  store.trackWork.put(id, await readWork(sql, { teamId, trackId }), { withIds: true })
  if (analysis === null || analysis.gridDigest !== grid?.digest) return
  const { gridDigest, featureSpecDigest, durationSeconds, facts } = analysis
  const key = { audioDigest: track.audioDigest, gridDigest, featureSpecDigest }
  store.analyses.put({ ...key, trackId: id, durationSeconds, facts })
  const bytes = withFeatures ? await objects.get(featuresKey(key)) : null
  const features = bytes && decodeFeatures(bytes)
  if (features !== null) store.features.write(key, features)
}

/**
 * Lends a library for the length of one use, in which the model versions of a team lie, and what else is asked for: whatever a library
 * can do with versions is done for a team by the same code. What changes in it stays there, unless the user keeps it.
 */
export const onBench = async <Result>(
  catalogue: Catalogue,
  { teamId, labels = false, features = false }: BenchContent & { readonly teamId: number },
  use: (store: Store) => Promise<Result> | Result,
): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'algiers-bench-'))
  try {
    const store = openStore(folder)
    try {
      await putVersions(catalogue.sql, teamId, store)
      const all = labels ? await readLabels(catalogue.sql, { teamId }) : []
      for (const trackId of new Set(all.map((label) => label.trackId)))
        await putTrack(catalogue, store, { teamId, trackId, withFeatures: features })
      return await use(store)
    } finally {
      store.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
