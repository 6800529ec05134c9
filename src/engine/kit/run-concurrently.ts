export type ConcurrentOptions = { readonly concurrency: number; readonly signal?: AbortSignal | undefined }

/**
 * Runs `work` on all items, at most `concurrency` at once. The first error ends the run once the items under way have
 * settled.
 */
export const runConcurrently = async <Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  { concurrency, signal }: ConcurrentOptions,
): Promise<void> => {
  const remaining = items.values()
  const failures: unknown[] = []
  const lane = async (): Promise<void> => {
    for (const item of remaining) {
      if (failures.length > 0 || signal?.aborted) return
      try {
        await work(item)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  signal?.throwIfAborted()
  if (failures.length > 0) throw failures[0]
}
