import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { type Frame, xOf } from '../waveform/paint-peaks.ts'

const LINES = [
  ['--surface', 4],
  ['--text', 1.5],
] as const

/** The energy of the track as a line over its sound, with a dark or light edge that sets it off; `curve` has a value from 0 to 1 for each bar from the first downbeat on. */
export const paintEnergy = (
  context: CanvasRenderingContext2D,
  { curve, grid }: { readonly curve: readonly number[]; readonly grid: BeatGrid },
  frame: Frame & { readonly colour: (name: string) => string },
): void => {
  if (curve.length === 0) return
  context.lineJoin = 'round'
  context.beginPath()
  curve.forEach((energy, at) => {
    const x = xOf(frame, beatsToSeconds(grid, grid.firstDownbeat + (at + 0.5) * grid.beatsPerBar))
    const y = frame.top + frame.height * (1 - energy)
    if (at === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  for (const [name, width] of LINES) {
    context.strokeStyle = frame.colour(name)
    context.lineWidth = width
    context.stroke()
  }
}
