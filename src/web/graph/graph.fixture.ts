import { type GraphAnswer, type GraphModel, graphModel } from './graph-model.ts'

type Facts = { readonly camelot?: string; readonly energy?: number; readonly genre?: string }

/** A graph of tracks 1, 2, 3 … with these transitions, the best of a track first. */
export const graphOf = (
  tracks: readonly Facts[],
  transitions: readonly (readonly [from: number, to: number, score: number])[],
  groups: Partial<Pick<GraphAnswer, 'islands' | 'dead_ends' | 'unreached' | 'unsure'>> = {},
): GraphModel => {
  const columnOf = <Value>(read: (facts: Facts, at: number) => Value): Value[] => tracks.map(read)
  return graphModel({
    by: 'mix',
    exits: 5,
    least: 0.75,
    tracks: {
      id: columnOf((_, at) => at + 1),
      title: columnOf((_, at) => `T${at + 1}`),
      artist: columnOf((_, at) => (at === 0 ? 'Kleen' : null)),
      genre: columnOf(({ genre }) => genre ?? null),
      tag: columnOf(() => null),
      camelot: columnOf(({ camelot }) => camelot ?? null),
      tempo_bpm: columnOf(() => 124),
      energy: columnOf(({ energy }) => energy ?? null),
      duration_seconds: columnOf(() => 300),
      x: columnOf((_, at) => at / 10),
      y: columnOf(() => 0),
    },
    transitions: {
      from: transitions.map(([from]) => from),
      to: transitions.map(([, to]) => to),
      score: transitions.map(([, , score]) => score),
    },
    islands: [tracks.map((_, at) => at + 1)],
    dead_ends: [],
    unreached: [],
    unsure: [],
    left_out: [],
    ...groups,
  })
}
