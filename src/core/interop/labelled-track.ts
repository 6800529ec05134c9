import type { LabelSource } from '../labels/label.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Beats, Bpm, Seconds } from '../units/units.ts'
import { sectionKindOfName } from './section-names.ts'

/** A place in bars and beats of a bar, both from 0; beats may have a fraction. The first bar is the first whole one of the track. */
export type BarPosition = { readonly bar: number; readonly beat: number }

/** A span with a name, as a file holds it: not yet checked against a track or its grid. */
export type ForeignLabel = {
  /** Null where the file gives beats only. */
  readonly startSeconds: Seconds | null
  /** Null where the file gives beats only, and for a last marker that reaches to the end of the track. */
  readonly endSeconds: Seconds | null
  readonly startBeat: Beats | null
  readonly endBeat: Beats | null
  /** Where the file counts bars; seconds and beats are then null. Without an end it reaches to the end of the track. */
  readonly bars?: { readonly start: BarPosition; readonly end: BarPosition | null }
  /** As written in the file. */
  readonly name: string
  /** A kind of the person's own that the file keeps beside one of the seven; left out for none. */
  readonly ownName?: string | null
  /** What the name means, null when the table does not know it. */
  readonly kind: SectionKind | null
  /** 1 to 10; left out where it was not measured. */
  readonly energy?: number
  /** Where the label came from, if the file says so. */
  readonly source: LabelSource | null
  /** ISO 8601. */
  readonly createdAt: string | null
  /** The file marks it as doubtful: it is neither trained on nor measured by. */
  readonly isDoubtful: boolean
}

/** What a file says about one track; what it does not say is null. */
export type LabelledTrack = {
  /** Path or name of the audio file as the file gives it, which may be from another machine. */
  readonly path: string | null
  readonly contentHash: string | null
  readonly title: string | null
  readonly artist: string | null
  readonly durationSeconds: Seconds | null
  readonly tempoBpm: Bpm | null
  readonly beatsPerBar: number | null
  readonly beatTimes: readonly Seconds[] | null
  readonly downbeatTimes: readonly Seconds[] | null
  /** As tags write it: "F#m", "C". */
  readonly key: string | null
  readonly labels: readonly ForeignLabel[]
}

export const UNKNOWN_TRACK: LabelledTrack = {
  path: null,
  contentHash: null,
  title: null,
  artist: null,
  durationSeconds: null,
  tempoBpm: null,
  beatsPerBar: null,
  beatTimes: null,
  downbeatTimes: null,
  key: null,
  labels: [],
}

/** A label of which a file tells the name only. */
export const unplacedLabel = (name: string): ForeignLabel => ({
  startSeconds: null,
  endSeconds: null,
  startBeat: null,
  endBeat: null,
  name,
  kind: sectionKindOfName(name),
  source: null,
  createdAt: null,
  isDoubtful: false,
})
