import { snakeCase } from '../../core/support/snake-case.ts'
import type { JudgedPair } from '../../engine/sets/graph-actions.ts'
import type { LibraryGraph } from '../../engine/sets/library-graph.ts'
import { transitionDocument } from './set-document.ts'

/** Steps of a place that no screen tells apart. */
const PLACE_STEPS = 10_000
const SCORE_STEPS = 10_000
const rounded = (value: number, steps: number): number => Math.round(value * steps) / steps

/** The graph as scripts get it: a list for each fact. */
export const graphDocument = (
  { by, tracks, transitions, islands, deadEnds, unreached, unsure, leftOut }: LibraryGraph,
  { exits, least }: { readonly exits: number; readonly least: number },
) => ({
  by,
  exits,
  least,
  tracks: {
    id: tracks.map(({ id }) => id),
    title: tracks.map(({ title }) => title),
    artist: tracks.map(({ artist }) => artist),
    genre: tracks.map(({ genre }) => genre),
    tag: tracks.map(({ tag }) => tag),
    camelot: tracks.map(({ camelot }) => camelot),
    tempo_bpm: tracks.map(({ tempoBpm }) => tempoBpm),
    energy: tracks.map(({ energy }) => energy),
    duration_seconds: tracks.map(({ durationSeconds }) => durationSeconds),
    x: tracks.map(({ x }) => rounded(x, PLACE_STEPS)),
    y: tracks.map(({ y }) => rounded(y, PLACE_STEPS)),
  },
  transitions: transitions && {
    from: [...transitions.from],
    to: [...transitions.to],
    score: Array.from(transitions.score, (score) => rounded(score, SCORE_STEPS)),
  },
  islands: islands?.map((island) => [...island]) ?? null,
  dead_ends: deadEnds && [...deadEnds],
  unreached: unreached && [...unreached],
  unsure: unsure && [...unsure],
  left_out: snakeCase(leftOut),
})

export const pairDocument = ({ proposals, reasons }: JudgedPair) => ({
  is_good: reasons.length === 0,
  proposals: proposals.map(transitionDocument),
  reasons: snakeCase(reasons),
})
