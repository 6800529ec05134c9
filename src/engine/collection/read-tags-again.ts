import { join } from 'node:path'
import type { Root } from '../../platform/store/root-store.ts'
import { runConcurrently } from '../kit/run-concurrently.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'

/** Reads the tags that an earlier version read less of; the sound of the files is left alone. */
export const readTagsAgain = async (
  workspace: Workspace,
  root: Root,
  options: JobOptions & { readonly folders?: readonly string[] } = {},
): Promise<void> => {
  const { store, pool } = workspace
  const { signal, folders } = options
  const tracks = store.tracks.withOldTags(root.id)
  let done = 0
  const read = async ({ trackId, path }: (typeof tracks)[number]): Promise<void> => {
    const file = join(root.path, ...path.split('/'))
    const tags = await pool.run('readTags', { path: file, folders }, signal ? { signal } : {})
    // Of a file that cannot be read now the old ones stay, and the next scan tries again: whatever is read has a format.
    if (tags.format !== null) store.tracks.putTags(trackId, tags)
    options.onProgress?.({ stage: 'reading', done: ++done, total: tracks.length, item: file })
  }
  await runConcurrently(tracks, read, { concurrency: pool.size, signal })
}
