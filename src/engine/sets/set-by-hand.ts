import { isMissing } from '../../core/library/track.ts'
import type { SetByHand } from '../../core/setlist/transition-table.ts'
import type { Store } from '../../platform/store/store.ts'
import { sectionOrigins } from '../sounds/section-vectors.ts'
import { keptBetween, type TransitionWorkspace } from './transition.ts'

type Judged = { readonly origin: string; readonly score: number | null }

const judgedOf = new WeakMap<Store, Map<string, Judged>>()

/** How good the transitions are that the person has set between these tracks, each judged once until one of its tracks changes. */
export const setByHand = async (
  workspace: TransitionWorkspace,
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<readonly SetByHand[]> => {
  const { store } = workspace
  const placeOf = new Map(ids.map((id, at) => [id, at]))
  const kept = store.transitions.list().filter(({ fromId, toId }) => placeOf.has(fromId) && placeOf.has(toId))
  if (kept.length === 0) return []
  const origins = await sectionOrigins(store)
  const judged = judgedOf.get(store) ?? new Map<string, Judged>()
  judgedOf.set(store, judged)
  const found: SetByHand[] = []
  for (const transition of kept) {
    signal?.throwIfAborted()
    const { fromId, toId } = transition
    const [one, other] = [store.tracks.get(fromId), store.tracks.get(toId)]
    if (one === null || other === null || isMissing(one) || isMissing(other)) continue
    const pair = `${fromId} ${toId}`
    const origin = JSON.stringify([origins.get(fromId), origins.get(toId), transition])
    const before = judged.get(pair)
    const score = before?.origin === origin ? before.score : ((await keptBetween(workspace, one, other))?.score ?? null)
    judged.set(pair, { origin, score })
    if (score !== null) found.push({ from: placeOf.get(fromId)!, to: placeOf.get(toId)!, score })
  }
  return found
}
