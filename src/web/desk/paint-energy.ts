import { type BeatGrid, beatsToSeconds } from '../../beats/beat-grid.ts'
import { type Frame, xOf } from '../waveform/paint-peaks.ts'

/** The energy of the track as a thin line over its sound; `curve` has a value from 0 to 1 for each bar from the first downbeat on. */
export const paintEnergy = (
  context: CanvasRenderingContext2D,
  { curve, grid }: { readonly curve: readonly number[]; readonly grid: BeatGrid },
  frame: Frame & { readonly colour: (name: string) => string },
): void => {
  if (curve.length === 0) return
  context.strokeStyle = frame.colour('--accent')
  context.lineWidth = 1.5
  context.globalAlpha = 0.8
  context.beginPath()
  curve.forEach((energy, at) => {
    const x = xOf(frame, beatsToSeconds(grid, grid.firstDownbeat + (at + 0.5) * grid.beatsPerBar))
    const y = frame.top + frame.height * (1 - energy)
    if (at === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  context.stroke()
  context.globalAlpha = 1
}
