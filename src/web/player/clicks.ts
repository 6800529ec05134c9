import { type BeatGrid, beatsToSeconds, secondsToBeats } from '../../core/beats/beat-grid.ts'

type Click = { readonly seconds: number; readonly isDownbeat: boolean }

/** The beats of a grid from a time on, up to another that is not included. */
export const clicksBetween = (grid: BeatGrid, from: number, to: number): readonly Click[] => {
  const first = Math.max(0, Math.ceil(secondsToBeats(grid, from) - 1e-6))
  const clicks: Click[] = []
  for (let beat = first; beat < grid.beatCount && beatsToSeconds(grid, beat) < to - 1e-9; beat++)
    clicks.push({
      seconds: beatsToSeconds(grid, beat),
      isDownbeat: (beat - grid.firstDownbeat) % grid.beatsPerBar === 0,
    })
  return clicks
}
