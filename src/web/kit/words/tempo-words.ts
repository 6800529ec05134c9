import { foldTempo } from '../../../core/library/fold-tempo.ts'

export type TempoWords = {
  readonly text: string
  /** What the tempo is before it was brought into the range; null where it is shown as it is. */
  readonly note: string | null
}

/** @param from as of `foldTempo` @param whose what says that the tempo is so, such as "the grid" */
export const tempoWords = (
  bpm: number,
  { from, decimals, whose = 'the grid' }: { readonly from: number; readonly decimals: number; readonly whose?: string },
): TempoWords => {
  const folded = foldTempo(bpm, from)
  const note = `${bpm.toFixed(decimals)} BPM by ${whose}, shown in your range from ${from} to ${2 * from}`
  return { text: folded.toFixed(decimals), note: folded === bpm ? null : note }
}
