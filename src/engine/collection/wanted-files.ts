import type { FoundFile } from '../../core/library/scan-plan.ts'
import type { Store } from '../../platform/store/store.ts'

/** Files of a root without those that a person wants ignored: whoever looks at a root asks here. */
export const wantedFiles = (store: Store, rootId: number, files: readonly FoundFile[]): readonly FoundFile[] => {
  const ignored = store.ignoredFiles.pathsIn(rootId)
  return files.filter(({ path }) => !ignored.has(path))
}
