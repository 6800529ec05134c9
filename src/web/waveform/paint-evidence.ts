import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { SECTION_COLOURS, type SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import { xOf } from './paint-peaks.ts'
import { type Lane, textOn, writeIn } from './paint-spans.ts'

export type BarKinds = {
  readonly kinds: readonly SectionKind[]
  readonly bars: readonly { readonly start_beat: number; readonly probabilities: readonly number[] }[]
}

const likeliest = (probabilities: readonly number[]): number => probabilities.indexOf(Math.max(...probabilities))

/** How a model reads each bar of a section, over the sound: kinds stacked by how like them the bar is, with the name of the likeliest where it changes. */
export const paintEvidence = (
  context: CanvasRenderingContext2D,
  { grid, span, evidence }: { readonly grid: BeatGrid; readonly span: Span; readonly evidence: BarKinds },
  lane: Lane,
): void => {
  const { kinds, bars } = evidence
  const xOfBeat = (beat: number): number => xOf(lane, beatsToSeconds(grid, beat))
  const endOf = (at: number): number => bars[at + 1]?.start_beat ?? span.endBeat
  bars.forEach(({ start_beat: start, probabilities }, at) => {
    const [left, right] = [xOfBeat(start), xOfBeat(endOf(at))]
    let top = lane.top
    // The likeliest lies below, where its word is written.
    for (const index of [...kinds.keys()].toSorted((a, b) => probabilities[a]! - probabilities[b]!)) {
      const height = probabilities[index]! * lane.height
      context.fillStyle = SECTION_COLOURS[kinds[index]!]
      context.fillRect(left, top, Math.max(1, right - left - 1), height)
      top += height
    }
  })
  context.font = '600 11px "Inter Variable", system-ui, sans-serif'
  context.textBaseline = 'middle'
  for (let at = 0; at < bars.length; ) {
    const first = at
    const kind = likeliest(bars[at]!.probabilities)
    while (at < bars.length && likeliest(bars[at]!.probabilities) === kind) at++
    const [x, right] = [xOfBeat(bars[first]!.start_beat), xOfBeat(endOf(at - 1))]
    context.fillStyle = textOn(kinds[kind]!)
    writeIn(context, [kinds[kind]!], { x, width: right - x, y: lane.top + lane.height - 7 })
  }
}
