/** @file A grid as programs write it: of times and tempi only so many decimals, which drift and are set right again. */
import { beatsToSeconds } from '../../beats/beat-grid.ts'
import type { Bpm, Seconds } from '../../units/units.ts'
import type { ExportedGrid } from './exported-library.ts'

export type WrittenAnchor = {
  readonly seconds: Seconds
  readonly bpm: Bpm
  /** From 0, the first beat of the bar. */
  readonly beatOfBar: number
}

/** 0.005 BPM at 128 BPM are 23 ms after ten minutes. */
const MOST_DRIFT_SECONDS = 0.005
const BARS_BETWEEN = 16
const LONGEST_SECONDS = 24 * 3600

const round = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals

/** First beat of a bar at or after a beat. */
const nextDownbeat = ({ beatsPerBar, firstDownbeat }: ExportedGrid, beat: number): number =>
  firstDownbeat + Math.ceil((beat - firstDownbeat) / beatsPerBar) * beatsPerBar

/** Beat at which each stretch of one tempo begins: the first one at the first beat of a bar at or after 0 s. */
const starts = (grid: ExportedGrid): readonly number[] => {
  const first = nextDownbeat(grid, 0)
  const later = grid.anchors.slice(1).map(({ beat }) => Math.ceil(beat))
  return [first, ...later.filter((beat, index) => beat > first && beat > (later[index - 1] ?? first))]
}

/**
 * @param endSeconds of the track, where that is known
 * @param decimals how many the program keeps
 */
export const writtenAnchors = (
  grid: ExportedGrid,
  endSeconds: Seconds | null,
  decimals: { readonly bpm: number; readonly seconds: number },
): readonly WrittenAnchor[] => {
  const { beatsPerBar, firstDownbeat } = grid
  const step = BARS_BETWEEN * beatsPerBar
  const beginnings = starts(grid)
  return beginnings.flatMap((start, index) => {
    const next = beginnings[index + 1]
    const bpm = grid.anchors.findLast(({ beat }) => beat <= start)?.bpm ?? grid.anchors[0]!.bpm
    const written = round(bpm, decimals.bpm)
    const anchorAt = (beat: number): WrittenAnchor => ({
      seconds: round(beatsToSeconds(grid, beat), decimals.seconds),
      bpm: written,
      beatOfBar: (((beat - firstDownbeat) % beatsPerBar) + beatsPerBar) % beatsPerBar,
    })
    const found = [anchorAt(start)]
    let from = start
    const end = Math.min(
      endSeconds ?? LONGEST_SECONDS,
      next === undefined ? LONGEST_SECONDS : beatsToSeconds(grid, next),
    )
    // Where no length is known, a constant tempo is not followed for a day.
    if (endSeconds === null && next === undefined) return found
    for (
      let beat = start + step;
      (next === undefined || beat < next) && beatsToSeconds(grid, beat) < end;
      beat += step
    ) {
      const drift = found.at(-1)!.seconds + ((beat + step - from) * 60) / written - beatsToSeconds(grid, beat + step)
      if (Math.abs(drift) <= MOST_DRIFT_SECONDS) continue
      found.push(anchorAt(beat))
      from = beat
    }
    return found
  })
}
