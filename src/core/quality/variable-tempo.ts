import { beatsToSeconds } from '../beats/beat-grid.ts'
import type { QualityCheck } from './checked-track.ts'

/** Tempi closer than this are one tempo that was measured twice. */
const SMALLEST_CHANGE_PERCENT = 0.5

/** Value: per cent from the slowest to the fastest tempo. Spans: the stretches of constant tempo. */
export const checkVariableTempo: QualityCheck = ({ grid, durationSeconds }) => {
  if (grid === null) return null
  const lengths = grid.anchors.map(({ beat }, index) => (grid.anchors[index + 1]?.beat ?? grid.beatCount) - beat)
  const tempi = grid.anchors.filter((_, index) => lengths[index]! > 1).map(({ bpm }) => bpm)
  const change = 100 * (Math.max(...tempi) / Math.min(...tempi) - 1)
  if (change < SMALLEST_CHANGE_PERCENT) return null
  const starts = grid.anchors.map(({ beat }, index) => (index === 0 ? 0 : beatsToSeconds(grid, beat)))
  const spans = starts.map((startSeconds, index) => ({
    startSeconds,
    endSeconds: starts[index + 1] ?? durationSeconds,
  }))
  return { code: 'variable_tempo', severity: 'notice', value: change, spans }
}
