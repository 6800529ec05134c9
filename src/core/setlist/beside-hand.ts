/**
 * @file What is left of the ways into and out of tracks beside the windows that a person has set.
 * Method: proposed windows leave room between them by themselves (`mix-sides.ts`); what a person has set need not. Where some ways out of
 * a track begin behind such a window into it, only these are left, and the same for the ways in; where none do, the track cannot go on from
 * there, and `passes` says so.
 * Conventions: tracks are numbers from 0 in the pool; beats are those of the track that is spoken of.
 */
import { byStyle, MIX_STYLES, type MixStyle } from './mix-styles.ts'
import type { Passes } from './order-problem.ts'
import type { MixEnds, MixTrack, SetByHand } from './transition-table.ts'

type Reach = Readonly<Record<MixStyle, number | null>>

export type ReachingTrack = MixTrack & {
  /** By style, where windows out of the track begin at the earliest, and those into it end at the latest. */
  readonly leavesAt: Reach
  readonly entersBy: Reach
  readonly aloneBeats: number
}

const keepWays = (ends: MixEnds, isLeft: (style: MixStyle) => boolean): MixEnds =>
  byStyle((style) => (isLeft(style) ? ends[style] : null))

/** The styles that fit beside as much as possible of what was set; all of them where none fits. @param fits the most demanding one first */
const stylesBeside = (ends: MixEnds, fits: readonly ((style: MixStyle) => boolean)[]): readonly MixStyle[] => {
  const there = MIX_STYLES.filter((style) => ends[style] !== null)
  return fits.map((fit) => there.filter(fit)).find((left) => left.length > 0) ?? there
}

const beatsOf = (reach: Reach, styles: readonly MixStyle[]): readonly number[] =>
  styles.map((style) => reach[style]).filter((beat) => beat !== null)

/** With the beat of the one where its window begins, and that of the other where it ends. */
export type HandWindow = SetByHand & { readonly leavesAt: number; readonly entersBy: number }

export type Beside = { readonly tracks: readonly MixTrack[]; readonly passes: Passes | null }

export const besideHand = (pool: readonly ReachingTrack[], byHand: readonly HandWindow[]): Beside => {
  if (byHand.length === 0) return { tracks: pool, passes: null }
  const hands = new Map(byHand.map((one) => [one.from * pool.length + one.to, one]))
  const rows = pool.map(({ out, into, leavesAt, entersBy, aloneBeats }, track) => {
    const entries = byHand.filter(({ to }) => to === track).map((one) => one.entersBy)
    const exits = byHand.filter(({ from }) => from === track).map((one) => one.leavesAt)
    const outs = stylesBeside(
      out,
      entries.sort((a, b) => b - a).map((beat) => (style) => leavesAt[style]! >= beat + aloneBeats),
    )
    const ins = stylesBeside(
      into,
      exits.sort((a, b) => a - b).map((beat) => (style) => entersBy[style]! + aloneBeats <= beat),
    )
    return {
      track: {
        out: keepWays(out, (style) => outs.includes(style)),
        into: keepWays(into, (style) => ins.includes(style)),
        aloneBeats,
      },
      leavesAt: Math.min(...beatsOf(leavesAt, outs)),
      entersBy: Math.max(...beatsOf(entersBy, ins)),
      aloneBeats,
    }
  })
  const passes: Passes = (before, via, next) => {
    const { entersBy, leavesAt, aloneBeats } = rows[via]!
    const into = hands.get(before * pool.length + via)?.entersBy ?? entersBy
    const out = hands.get(via * pool.length + next)?.leavesAt ?? leavesAt
    return into + aloneBeats <= out
  }
  return { tracks: rows.map(({ track }) => track), passes }
}
