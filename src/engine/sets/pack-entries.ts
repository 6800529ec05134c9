import { type PackedPool, packPool } from '../../core/setlist/packed-pool.ts'
import type { PoolTrack } from '../../core/setlist/plan-set.ts'
import type { Sound } from '../../core/similarity/sound-table.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { joinLists, type PackedList, packList } from '../../core/support/packed-list.ts'
import type { PoolEntry } from './set-pool.ts'
import type { TransitionWorkspace } from './transition.ts'

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 250

/** The length that most sounds have; others were made by another network and cannot be compared with them. */
const commonestLength = (entries: readonly PoolEntry[], part: keyof Sound): number => {
  const counts = new Map<number, number>()
  for (const { outSound } of entries) {
    const length = outSound[part]?.length ?? 0
    if (length > 0) counts.set(length, (counts.get(length) ?? 0) + 1)
  }
  return [...counts].sort(([one, a], [other, b]) => b - a || other - one)[0]?.[0] ?? 0
}

/** Lays tracks out for a thread, a few at a time; their sounds are measured as those of the library. */
export const packEntries = async (
  { index }: Pick<TransitionWorkspace, 'index'>,
  entries: readonly PoolEntry[],
): Promise<PackedPool> => {
  const widths = [commonestLength(entries, 'features'), commonestLength(entries, 'embedding')] as const
  const { pool, put } = packPool(entries.length, widths, await index.scale())
  for (const [at, entry] of entries.entries()) {
    put(at, entry)
    if (at % AT_ONCE === AT_ONCE - 1) await giveWay()
  }
  return pool
}

const wishedOf = ({
  title,
  minutes,
  openingMinutes,
  closingMinutes,
  energy,
  artist,
  outBars,
}: PoolEntry): PoolTrack => ({
  title,
  minutes,
  openingMinutes,
  closingMinutes,
  energy,
  artist,
  outBars,
})

/** What a plan asks of each of them, in their order. */
export const packPoolTracks = async (entries: readonly PoolEntry[]): Promise<PackedList<PoolTrack>> => {
  const lists: PackedList<PoolTrack>[] = []
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    await giveWay()
    const tracks = entries.slice(from, from + AT_ONCE).map(wishedOf)
    lists.push(packList(tracks))
  }
  return joinLists(lists)
}
