/** Fewer are counted anew each time: it takes no while, and people see each of them come. */
const KEPT_FROM = 20_000
const KEPT_MS = 60_000
const MOST_KEPT = 1000

/** Counts again only what is few or was counted a minute ago: to count a million rows takes longer than to show a page of them. */
export const keptCounts = (
  now: () => number = Date.now,
): ((what: string, count: () => Promise<number>) => Promise<number>) => {
  const kept = new Map<string, { readonly total: number; readonly until: number }>()
  return async (what, count) => {
    const before = kept.get(what)
    if (before !== undefined && before.until > now()) return before.total
    const total = await count()
    kept.delete(what)
    if (kept.size >= MOST_KEPT) kept.clear()
    if (total >= KEPT_FROM) kept.set(what, { total, until: now() + KEPT_MS })
    return total
  }
}

export type KeptCounts = ReturnType<typeof keptCounts>
