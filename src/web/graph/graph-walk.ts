/** Where one is in the graph, and what one does there: states in, states out. */
import type { GraphModel } from './graph-model.ts'

export type Walk = {
  /** The track one is at. */
  readonly current: number | null
  /** Which of its ways out is meant, from 0, the best. */
  readonly choice: number
  /** The tracks one came through, for the way back. */
  readonly trail: readonly number[]
  /** The track that the current one is compared with. */
  readonly marked: number | null
  /** Tracks in the order in which they shall be played. */
  readonly path: readonly number[]
}

export const AT_REST: Walk = { current: null, choice: 0, trail: [], marked: null, path: [] }

const MOST_TRAIL = 100

/** Goes to a track, from anywhere. */
export const goTo = (walk: Walk, id: number): Walk =>
  walk.current === id
    ? walk
    : {
        ...walk,
        current: id,
        choice: 0,
        trail: walk.current === null ? walk.trail : [...walk.trail, walk.current].slice(-MOST_TRAIL),
      }

/** The track with most ways, to begin with. */
const firstTrack = ({ tracks, exitsOf, entriesOf }: GraphModel): number | null => {
  let best: { readonly id: number; readonly ways: number } | null = null
  for (const { id } of tracks) {
    const ways = exitsOf(id).length + entriesOf(id).length
    if (best === null || ways > best.ways) best = { id, ways }
  }
  return best?.id ?? null
}

const start = (walk: Walk, model: GraphModel): Walk => {
  const first = firstTrack(model)
  return first === null ? walk : goTo(walk, first)
}

/** Along the chosen way out; stays where there is none. */
export const forward = (walk: Walk, model: GraphModel): Walk => {
  if (walk.current === null) return start(walk, model)
  const way = model.exitsOf(walk.current)[walk.choice]
  return way === undefined ? walk : goTo(walk, way.id)
}

/** The way one came, or else to the track that leads here best. */
export const back = (walk: Walk, model: GraphModel): Walk => {
  if (walk.current === null) return start(walk, model)
  const before = walk.trail.findLast((id) => model.trackOf.has(id))
  if (before !== undefined)
    return { ...walk, current: before, choice: 0, trail: walk.trail.slice(0, walk.trail.lastIndexOf(before)) }
  const entry = model.entriesOf(walk.current)[0]
  return entry === undefined ? walk : { ...walk, current: entry.id, choice: 0 }
}

/** Another of the ways out, without end. */
export const turn = (walk: Walk, model: GraphModel, by: 1 | -1): Walk => {
  if (walk.current === null) return start(walk, model)
  const count = model.exitsOf(walk.current).length
  return count === 0 ? walk : { ...walk, choice: (walk.choice + by + count) % count }
}

/** Adds a track to the path; a track is played once. */
export const addToPath = (walk: Walk, id: number): Walk =>
  walk.path.includes(id) ? walk : { ...walk, path: [...walk.path, id] }

/** Takes the last track of the path back, and goes to the one before it. */
export const takeBack = (walk: Walk): Walk => {
  const path = walk.path.slice(0, -1)
  const last = path.at(-1)
  return { ...(last === undefined ? walk : goTo(walk, last)), path }
}

/** The track to compare with; the same again takes the mark off. */
export const mark = (walk: Walk, id: number): Walk => ({ ...walk, marked: walk.marked === id ? null : id })

/** Compares the track one was at with another. */
export const compareWith = (walk: Walk, id: number): Walk =>
  walk.current === null || walk.current === id
    ? goTo(walk, id)
    : { ...goTo(walk, id), marked: walk.marked ?? walk.current }

/** Forgets what is gone from the graph. */
export const keptIn = (walk: Walk, { trackOf, exitsOf }: GraphModel): Walk => {
  const isThere = (id: number | null): boolean => id !== null && trackOf.has(id)
  const { current, marked, path, trail, choice } = walk
  const ways = current === null ? 0 : exitsOf(current).length
  const isWhole =
    [...path, ...trail].every(isThere) &&
    [current, marked].every((id) => id === null || isThere(id)) &&
    (choice === 0 || choice < ways)
  if (isWhole) return walk
  return {
    current: isThere(current) ? current : null,
    choice: 0,
    trail: trail.filter(isThere),
    marked: isThere(marked) ? marked : null,
    path: path.filter(isThere),
  }
}
