import { fitPlaces, type GraphPlace } from '../../core/setlist/graph-places.ts'
import type { GraphProgress, GraphWish, KeptTransitions, TransitionGraph } from '../../core/setlist/transition-graph.ts'
import type { SetByHand } from '../../core/setlist/transition-table.ts'
import { atSteps } from '../../core/support/at-steps.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { digestOf } from '../../platform/store/digest.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import type { JobOptions } from '../kit/workspace.ts'
import { firstPlaces } from './graph-places.ts'
import { type GraphTrack, graphTracks } from './graph-tracks.ts'
import { packEntries } from './pack-entries.ts'
import { setByHand } from './set-by-hand.ts'
import { describeTracks, type PreparedEnds, type SetRefusal } from './set-pool.ts'
import type { TransitionWorkspace } from './transition.ts'

export type LibraryGraphWish = GraphWish & {
  readonly by: GraphPlace
  /** Which tracks are shown; all that are there when left out. */
  readonly filter?: TrackSearch | undefined
  /** False gives the tracks at once, without their transitions and where those would move them. */
  readonly hasTransitions: boolean
}

type PlacedGraphTrack = GraphTrack & { readonly x: number; readonly y: number }

/** Why tracks are left out, and which. */
type GraphGap = { readonly reason: string; readonly trackIds: readonly number[] }

/** Tracks are given by their ids. */
export type LibraryGraph = {
  readonly by: GraphPlace
  readonly tracks: readonly PlacedGraphTrack[]
  /** Null where they were not asked for, as the groups below. */
  readonly transitions: KeptTransitions | null
  readonly islands: readonly (readonly number[])[] | null
  readonly deadEnds: readonly number[] | null
  readonly unreached: readonly number[] | null
  /** Tracks that could not be compared with all that might follow them, so that one of these is not said of them. */
  readonly unsure: readonly number[] | null
  readonly leftOut: readonly GraphGap[]
}

/** Graphs that are kept as computed, for another look at them. */
const MOST_KEPT = 4
type Computed = {
  readonly graph: Promise<TransitionGraph>
  /** Where the transitions move the tracks. */
  settled: Promise<Float64Array> | null
}

/** Graphs by what they were computed from. */
export type KnownGraphs = Map<string, Computed>

type Told = {
  readonly known: PreparedEnds
  readonly graphs: KnownGraphs
  readonly tell: (progress: GraphProgress) => void
}

const gapsOf = (refusals: readonly SetRefusal[]): readonly GraphGap[] => {
  const gaps = new Map<string, number[]>()
  for (const { reason, trackId } of refusals)
    gaps.set(reason, [...(gaps.get(reason) ?? []), ...(trackId === null ? [] : [trackId])])
  return [...gaps].map(([reason, trackIds]) => ({ reason, trackIds }))
}

/** Computes a graph once, and keeps it while few others are asked for. */
const compute = (
  workspace: TransitionWorkspace,
  { graphs, tell }: Told,
  entries: Parameters<typeof packEntries>[1],
  { key, ...wanted }: { readonly key: string; readonly wish: GraphWish; readonly byHand: readonly SetByHand[] },
): Computed => {
  const before = graphs.get(key)
  if (before !== undefined) {
    // The one that was wanted last is dropped last.
    graphs.delete(key)
    graphs.set(key, before)
    return before
  }
  const packed = packEntries(workspace, entries)
  const onProgress = (done: number): void => tell({ stage: 'connecting', done, total: entries.length })
  const graph = packed.then((tracks) =>
    workspace.pool.run('connectTracks', { pool: tracks, ...wanted }, { onProgress }),
  )
  const computed: Computed = { graph, settled: null }
  graphs.set(key, computed)
  graph.catch(() => graphs.delete(key))
  for (const [oldest] of graphs) if (graphs.size > MOST_KEPT) graphs.delete(oldest)
  return computed
}

/** An analysis tells how long a track is. */
const isAnalysed = ({ durationSeconds }: GraphTrack): boolean => durationSeconds !== null

/** The tracks of a library and the good transitions between them. */
export const libraryGraph = async (
  workspace: TransitionWorkspace,
  told: Told,
  { filter, by, exits, least, hasTransitions }: LibraryGraphWish,
  options: JobOptions = {},
): Promise<LibraryGraph> => {
  const { store, pool } = workspace
  const { known, tell } = told
  const found = await graphTracks(store, filter)
  const analysed = found.tracks.filter(isAnalysed)
  const total = analysed.length
  const onRead = atSteps(total, (done) => tell({ stage: 'reading', done, total }))
  const described = hasTransitions
    ? await describeTracks(workspace, known, analysed.map(({ id }) => id), { ...options, onProgress: ({ done }) => onRead(done) }) // biome-ignore format: one line
    : null
  const entries = described?.entries ?? []
  const chosen = new Set(entries.map(({ track }) => track.id))
  const tracks = hasTransitions ? analysed.filter(({ id }) => chosen.has(id)) : analysed
  const refusals = [
    ...found.refusals,
    ...found.tracks.flatMap((track) =>
      isAnalysed(track) ? [] : [{ trackId: track.id, title: track.title, reason: 'Not analysed yet.' }],
    ),
    ...(described?.refusals ?? []),
  ]
  const ids = tracks.map(({ id }) => id)
  await giveWay()
  const start = await firstPlaces(workspace, tracks, by)
  await giveWay()
  const withPlaces = (places: Float64Array): readonly PlacedGraphTrack[] => {
    const fitted = fitPlaces(places)
    return tracks.map((track, at) => ({ ...track, x: fitted[2 * at]!, y: fitted[2 * at + 1]! }))
  }
  const leftOut = gapsOf(refusals)
  if (!hasTransitions)
    return {
      by,
      tracks: withPlaces(start),
      transitions: null,
      islands: null,
      deadEnds: null,
      unreached: null,
      unsure: null,
      leftOut,
    }
  const byHand = await setByHand(workspace, ids, options.signal)
  const key = digestOf(
    `${exits} ${least} ${JSON.stringify(byHand)}\n${ids.map((id) => `${id} ${known.get(id)!.origin}`).join('\n')}`,
  )
  await giveWay()
  const computed = compute(workspace, told, entries, { key, wish: { exits, least }, byHand })
  const { transitions, ...groups } = await computed.graph
  if (by === 'mix' && computed.settled === null) tell({ stage: 'placing', done: 0, total: tracks.length })
  if (by === 'mix') computed.settled ??= pool.run('settleTracks', { places: start, transitions })
  const places = by === 'mix' ? await computed.settled! : start
  await giveWay()
  const idAt = (track: number): number => ids[track]!
  return {
    by,
    tracks: withPlaces(places),
    transitions: { from: transitions.from.map(idAt), to: transitions.to.map(idAt), score: transitions.score },
    islands: groups.islands.map((island) => island.map(idAt)),
    deadEnds: groups.deadEnds.map(idAt),
    unreached: groups.unreached.map(idAt),
    unsure: groups.unsure.map(idAt),
    leftOut,
  }
}
