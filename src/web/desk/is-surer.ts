import { shownPercent } from '../kit/words/percent-text.ts'
import type { Ghost } from '../waveform/paint-spans.ts'

/** Whether a suggestion is at least so sure. Cues that a person has set elsewhere are as sure as they get. */
export const isSurer =
  (leastPercent: number) =>
  ({ confidence, importedFrom }: Ghost): boolean =>
    importedFrom !== null || shownPercent(confidence) >= leastPercent
