import { isMissing } from '../../core/library/track.ts'
import type { HandWindow } from '../../core/setlist/beside-hand.ts'
import type { Store } from '../../platform/store/store.ts'
import { sectionOrigins } from '../sounds/section-vectors.ts'
import { keptBetween, type TrackTransition, type TransitionWorkspace } from './transition.ts'

type Judged = { readonly origin: string; readonly kept: TrackTransition | null }

const judgedOf = new WeakMap<Store, Map<string, Judged>>()

/** How good the transitions are that the person has set between these tracks, each judged once until one of its tracks changes. */
export const setByHand = async (
  workspace: TransitionWorkspace,
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<readonly HandWindow[]> => {
  const { store } = workspace
  const placeOf = new Map(ids.map((id, at) => [id, at]))
  const set = store.transitions.list().filter(({ fromId, toId }) => placeOf.has(fromId) && placeOf.has(toId))
  if (set.length === 0) return []
  const origins = await sectionOrigins(store)
  const judged = judgedOf.get(store) ?? new Map<string, Judged>()
  judgedOf.set(store, judged)
  const found: HandWindow[] = []
  for (const transition of set) {
    signal?.throwIfAborted()
    const { fromId, toId } = transition
    const [one, other] = [store.tracks.get(fromId), store.tracks.get(toId)]
    if (one === null || other === null || isMissing(one) || isMissing(other)) continue
    const pair = `${fromId} ${toId}`
    const origin = JSON.stringify([origins.get(fromId), origins.get(toId), transition])
    const before = judged.get(pair)
    const kept = before?.origin === origin ? before.kept : await keptBetween(workspace, one, other)
    judged.set(pair, { origin, kept })
    if (kept === null || kept.score === null) continue
    const [from, to] = [placeOf.get(fromId)!, placeOf.get(toId)!]
    found.push({ from, to, score: kept.score, leavesAt: kept.from.startBeat, entersBy: kept.to.endBeat })
  }
  return found
}
