import type { client } from '../kit/client.ts'

export type GraphAnswer = Awaited<ReturnType<typeof client.graph>>

export type GraphTrack = {
  readonly id: number
  readonly title: string
  readonly artist: string | null
  readonly genre: string | null
  readonly tag: string | null
  readonly camelot: string | null
  readonly tempoBpm: number | null
  readonly energy: number | null
  readonly durationSeconds: number | null
  readonly x: number
  readonly y: number
}

/** A good transition, seen from one of its tracks. */
export type Way = { readonly id: number; readonly score: number }

export type GraphModel = {
  readonly tracks: readonly GraphTrack[]
  readonly trackOf: ReadonlyMap<number, GraphTrack>
  /** Whether the transitions are there yet. */
  readonly isConnected: boolean
  /** Where a track leads, the best first. */
  readonly exitsOf: (id: number) => readonly Way[]
  /** What leads into a track, the best first. */
  readonly entriesOf: (id: number) => readonly Way[]
  /** The number of its island from 0, the largest first; null until that is known. */
  readonly islandOf: (id: number) => number | null
  readonly answer: GraphAnswer
}

const NONE: readonly Way[] = []

/** The answer of the server, for looking things up by track. */
export const graphModel = (answer: GraphAnswer): GraphModel => {
  const { tracks: columns, transitions, islands } = answer
  const tracks = columns.id.map((id, at) => ({
    id,
    title: columns.title[at]!,
    artist: columns.artist[at]!,
    genre: columns.genre[at]!,
    tag: columns.tag[at]!,
    camelot: columns.camelot[at]!,
    tempoBpm: columns.tempo_bpm[at]!,
    energy: columns.energy[at]!,
    durationSeconds: columns.duration_seconds[at]!,
    x: columns.x[at]!,
    y: columns.y[at]!,
  }))
  const [exits, entries] = [new Map<number, Way[]>(), new Map<number, Way[]>()]
  const put = (ways: Map<number, Way[]>, id: number, way: Way): void => {
    const before = ways.get(id)
    if (before === undefined) ways.set(id, [way])
    else before.push(way)
  }
  for (const [at, from] of (transitions?.from ?? []).entries()) {
    const [to, score] = [transitions!.to[at]!, transitions!.score[at]!]
    put(exits, from, { id: to, score })
    put(entries, to, { id: from, score })
  }
  for (const ways of entries.values()) ways.sort((one, other) => other.score - one.score || one.id - other.id)
  const islandOf = new Map(islands?.flatMap((island, at) => island.map((id) => [id, at] as const)))
  return {
    tracks,
    trackOf: new Map(tracks.map((track) => [track.id, track])),
    isConnected: transitions !== null,
    exitsOf: (id) => exits.get(id) ?? NONE,
    entriesOf: (id) => entries.get(id) ?? NONE,
    islandOf: (id) => islandOf.get(id) ?? null,
    answer,
  }
}

/** The score of the good transition between two tracks; null where it is not in the graph. */
export const scoreBetween = ({ exitsOf }: GraphModel, from: number, to: number): number | null =>
  exitsOf(from).find(({ id }) => id === to)?.score ?? null

export const nameOf = ({ title, artist }: Pick<GraphTrack, 'title' | 'artist'>): string =>
  artist ? `${artist} – ${title}` : title
