import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { type Frame, xOf } from '../waveform/paint-peaks.ts'

/** The energy of the track, in a lane of its own below its sound; `curve` has a value from 0 to 1 for each bar from the first downbeat on. */
export const paintEnergy = (
  context: CanvasRenderingContext2D,
  { curve, grid }: { readonly curve: readonly number[]; readonly grid: BeatGrid },
  frame: Frame & { readonly colour: (name: string) => string },
): void => {
  const { top, height, colour } = frame
  const xOfBar = (bar: number): number => xOf(frame, beatsToSeconds(grid, grid.firstDownbeat + bar * grid.beatsPerBar))
  context.fillStyle = colour('--line')
  context.fillRect(frame.left, top, frame.width, 1)
  context.fillStyle = colour('--accent')
  context.globalAlpha = 0.45
  curve.forEach((energy, bar) => {
    const [left, right] = [xOfBar(bar), xOfBar(bar + 1)]
    context.fillRect(left, top + height * (1 - energy), Math.max(1, right - left), height * energy)
  })
  context.globalAlpha = 1
  context.fillStyle = colour('--text')
  context.font = '11px "Inter Variable", system-ui, sans-serif'
  context.textBaseline = 'middle'
  context.fillText('Energy', frame.left + 6, top + 9)
}
