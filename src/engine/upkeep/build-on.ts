import type { Store } from '../../platform/store/store.ts'

/** Builds on a library that was opened; where that fails right after a restore, on what was there before it. */
export const buildOn = async <Built>(store: Store, build: (store: Store) => Promise<Built>): Promise<Built> => {
  try {
    return await build(store)
  } catch (error) {
    const before = store.takeBackRestore(error)
    if (before !== null) return buildOn(before, build)
    store.close()
    throw error
  }
}
