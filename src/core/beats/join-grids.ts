/**
 * @file One grid from those of the regions of a recording. The beat count runs on; where bars begin anew, a beat or two before the
 * new region is left out or put in, so that its downbeats are downbeats.
 */
import { modulo } from '../units/modulo.ts'
import type { Seconds } from '../units/units.ts'
import { type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import { EDGE_SECONDS, firstBeatFrom } from './edited-grid.ts'
import type { GridAnchor } from './grid-anchor.ts'

/** A region with its own grid; seconds count from the start of the whole recording. */
export type RegionGrid = { readonly startSeconds: Seconds; readonly grid: BeatGrid }

/** The last beat before a region is at least this far from its first, in beats. */
const MIN_GAP_BEATS = 0.6

export const joinGrids = (regions: readonly RegionGrid[], durationSeconds: Seconds): BeatGrid => {
  // What a region may be instead says nothing of the others.
  const { alternatives: _, ...first } = regions[0]!.grid
  const anchors: GridAnchor[] = [...first.anchors]
  const soFar = (): BeatGrid => ({ ...first, anchors })
  for (const { startSeconds, grid } of regions.slice(1)) {
    const start = Math.ceil(secondsToBeats(grid, startSeconds) - 1e-3)
    const seconds = beatsToSeconds(grid, start)
    let last = Math.floor(secondsToBeats(soFar(), seconds) - MIN_GAP_BEATS)
    if (grid.beatsPerBar === first.beatsPerBar) {
      const place = modulo(start - grid.firstDownbeat, grid.beatsPerBar)
      const ahead = modulo(place - (last + 1 - first.firstDownbeat), grid.beatsPerBar)
      // At most half a bar is put in or left out.
      last += ahead > 1 ? ahead - grid.beatsPerBar : ahead
    }
    const own = beatsToSeconds(soFar(), last)
    const before = { beat: last - 1, seconds: beatsToSeconds(soFar(), last - 1) }
    // A beat that is put in has half of the last one before it.
    const isPutIn = own > seconds - MIN_GAP_SECONDS
    const lastSeconds = isPutIn ? (before.seconds + seconds) / 2 : own
    const from = isPutIn ? before.beat : last
    const [held] = anchors as [GridAnchor]
    // The only place that a person set may lie behind the seam: the same beats are told from one before it.
    if (held.beat >= from) anchors.unshift({ ...held, beat: from - 1, seconds: beatsToSeconds(soFar(), from - 1) })
    while (anchors.length > 1 && anchors.at(-1)!.beat >= from) anchors.pop()
    if (isPutIn) anchors.push({ ...before, bpm: 60 / (lastSeconds - before.seconds) })
    anchors.push({ beat: last, seconds: lastSeconds, bpm: 60 / (seconds - lastSeconds) })
    const moved = last + 1 - start
    const later = grid.anchors.filter(({ beat }) => beat > start)
    const current = grid.anchors.findLast(({ beat }) => beat <= start) ?? grid.anchors[0]!
    anchors.push({ beat: last + 1, seconds, bpm: current.bpm })
    anchors.push(...later.map((anchor) => ({ ...anchor, beat: anchor.beat + moved })))
  }
  const lowest = (pick: (grid: BeatGrid) => number): number => Math.min(...regions.map(({ grid }) => pick(grid)))
  return {
    ...first,
    anchors,
    beatCount: Math.max(1, firstBeatFrom({ anchors }, durationSeconds - EDGE_SECONDS)),
    tempoConfidence: lowest((grid) => grid.tempoConfidence),
    phaseConfidence: lowest((grid) => grid.phaseConfidence ?? 1),
    downbeatConfidence: lowest((grid) => grid.downbeatConfidence),
    phraseConfidence: lowest((grid) => grid.phraseConfidence),
  }
}
/** Two beats are at least this far apart. */
const MIN_GAP_SECONDS = 0.05
