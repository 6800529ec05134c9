import { spanText } from '../../../core/labels/bar-text.ts'

/** A span as the server sends it, with the metre of its track. */
type Row = {
  readonly start_beat: number
  readonly end_beat: number
  readonly beats_per_bar: number
  readonly first_downbeat: number
}

/** "bars 5–8" of a label, suggestion or section whose track is not at hand. @param text how else it is written */
export const rowBars = ({ start_beat, end_beat, beats_per_bar, first_downbeat }: Row, text = spanText): string =>
  text({ beatsPerBar: beats_per_bar, firstDownbeat: first_downbeat }, { startBeat: start_beat, endBeat: end_beat })
