/**
 * @file A first order of a set, place by place.
 * Method: beam search; at every place the best beginnings go on, of which only few may end with the same track, so that they stay different.
 * Conventions: as in `order-problem.ts`.
 */
import type { OrderProblem, OrderScore } from './order-problem.ts'

type Beginning = { readonly order: Int32Array; readonly used: Uint8Array; readonly value: number }
type Step = { readonly from: Beginning; readonly track: number; readonly value: number; readonly rank: number }

const MOST_WITH_SAME_END = 2
/** Moves tracks that must be played forward where many of them are left for few places. */
const MUST_PLAY_PULL = 0.5

/** The best steps, best first; of equal ones those that came first, so that a seed is not needed. */
const keepBest = (steps: Step[], step: Step, width: number): void => {
  let at = steps.length
  while (at > 0 && steps[at - 1]!.rank < step.rank) at--
  steps.splice(at, 0, step)
  if (steps.length > width) steps.pop()
}

const thin = (steps: readonly Step[], width: number): readonly Step[] => {
  const ends = new Map<number, number>()
  return steps
    .filter(({ track }) => {
      const times = (ends.get(track) ?? 0) + 1
      ends.set(track, times)
      return times <= MOST_WITH_SAME_END
    })
    .slice(0, width)
}

/** @returns one track a place; it may hold violations where the beam found nothing better */
export const beamOrder = (problem: OrderProblem, score: OrderScore, width: number): Int32Array => {
  const { count, places, fixed, mustPlay } = problem
  const most = width * MOST_WITH_SAME_END
  const placed = new Set(fixed.values())
  const wanted = [...mustPlay].filter((track) => !placed.has(track))
  let beam: readonly Beginning[] = [{ order: new Int32Array(places), used: new Uint8Array(count), value: 0 }]
  let free = places - fixed.size
  for (let place = 0; place < places; place++) {
    const steps: Step[] = []
    const held = fixed.get(place)
    for (const from of beam) {
      const open = wanted.filter((track) => from.used[track] === 0)
      const isLate = held === undefined && open.length >= free
      const pull = free > 0 ? (MUST_PLAY_PULL * open.length) / free / places : 0
      const last = place > 0 ? from.order[place - 1]! : null
      const consider = (track: number): void => {
        const pulled = pull > 0 && mustPlay.has(track) ? pull : 0
        let value = from.value + score.stay(track, place) + (last === null ? 0 : score.step(last, track))
        // Most of the many that are looked at are not worth a record, nor a look at their artist.
        if (steps.length === most && value + pulled <= steps[most - 1]!.rank) return
        if (last !== null)
          value += score.artistCost(from.order, place, track, place) + score.passCost(from.order, place, track)
        const rank = value + pulled
        if (steps.length < most || rank > steps[most - 1]!.rank) keepBest(steps, { from, track, value, rank }, most)
      }
      if (held !== undefined) consider(held)
      else if (isLate && open.length > 0) for (const track of open) consider(track)
      else for (let track = 0; track < count; track++) if (from.used[track] === 0 && !placed.has(track)) consider(track)
    }
    if (held === undefined) free--
    beam = thin(steps, width).map(({ from, track, value }) => {
      const [order, used] = [from.order.slice(), from.used.slice()]
      order[place] = track
      used[track] = 1
      return { order, used, value }
    })
  }
  return beam[0]!.order
}

/** Plays, after each track, the one that is worth most there: by its transition and by the arc. */
export const greedyOrder = (problem: OrderProblem, score: OrderScore): Int32Array => beamOrder(problem, score, 1)

/**
 * Plays, after each track, the one that it leads into best, whatever the arc says: the nearest neighbours that a planned order is compared
 * with. It begins with the track that the arc fits best, and keeps places, tracks that must be played and the distance of artists.
 */
export const nearestOrder = (problem: OrderProblem, score: OrderScore): Int32Array =>
  beamOrder(problem, { ...score, stay: (track, place) => (place === 0 ? score.stay(track, 0) : 0) }, 1)
