import type { SectionModel } from '../../core/models/section-model.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import type { ReadAnalysed } from '../kit/workspace.ts'
import { answeringVersions } from '../versions/answering-version.ts'
import { proposingVersion } from '../versions/base-model.ts'
import { readModelVersion } from '../versions/section-model-file.ts'
import { readOne } from './read-one.ts'
import { storedSections } from './track-sections.ts'

/** The general version, which also stands in for those of scopes, and that of the scope that the track is in. */
const readersOf = (store: Store, trackId: number): readonly number[] => {
  const [general, { version }] = [proposingVersion(store), answeringVersions(store, [trackId]).get(trackId)!]
  return [...new Set([general, version])].filter((one) => one !== null)
}

/**
 * Reads each track as soon as it is analysed, with the version that proposes at that moment, unless `autoClassify` is
 * off. The last model is kept in memory, since a library has thousands of tracks and a number is never used again.
 */
export const createAnalysedReader = (): ReadAnalysed => {
  let last: { readonly version: number; readonly model: SectionModel } | null = null
  return async (workspace, trackId) => {
    const { store } = workspace
    if (!store.settings.all().autoClassify) return true
    try {
      for (const version of readersOf(store, trackId)) {
        const track = store.tracks.get(trackId)
        if (track === null || storedSections(store, track, version) !== null) continue
        if (last?.version !== version) last = { version, model: readModelVersion(store, version) }
        await readOne(workspace, track, last)
      }
      return true
    } catch (error) {
      // The reading that follows the whole job tries again, and says what is wrong.
      if (!(error instanceof UserError)) throw error
      return false
    }
  }
}
