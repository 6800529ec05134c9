import { barOf, type Metre } from '../../core/labels/bar-text.ts'
import type { MixMove } from '../../core/mixing/mix-move.ts'

/** A move as musicians count it: bars from 1. */
export type BarMove = {
  readonly fromBar: number
  readonly toBar: number
  readonly bars: number
  /** Bar of the next track; null where the basses are not swapped. */
  readonly swapBar: number | null
}

/** @param ratio beats of the next track on a beat of the first */
export const barsOfMove = (move: MixMove, [from, to]: readonly [Metre, Metre], ratio: number): BarMove => ({
  fromBar: barOf(from, move.fromBeat),
  toBar: barOf(to, move.toBeat),
  bars: move.beats / from.beatsPerBar,
  swapBar: move.bassSwapBeat === null ? null : barOf(to, move.toBeat + move.bassSwapBeat * ratio),
})

const startOf = ({ firstDownbeat, beatsPerBar }: Metre, bar: number): number => firstDownbeat + (bar - 1) * beatsPerBar

/** Changes of a move as its fields name them; the swap of the basses stays within the window. */
export const changedMove = (
  move: MixMove,
  change: Partial<BarMove>,
  [from, to]: readonly [Metre, Metre],
  ratio: number,
): MixMove => {
  const fromBeat = change.fromBar === undefined ? move.fromBeat : startOf(from, change.fromBar)
  const toBeat = change.toBar === undefined ? move.toBeat : startOf(to, change.toBar)
  const beats = change.bars === undefined ? move.beats : change.bars * from.beatsPerBar
  const kept = move.bassSwapBeat === null ? null : (move.bassSwapBeat / move.beats) * beats
  const swap =
    change.swapBar === undefined || change.swapBar === null
      ? kept && Math.round(kept)
      : (startOf(to, change.swapBar) - toBeat) / ratio
  return { ...move, fromBeat, toBeat, beats, bassSwapBeat: swap === null ? null : Math.max(0, Math.min(beats, swap)) }
}
