import type { LabelledTrack } from './labelled-track.ts'

/** The contents of a file. */
export type LabelText = {
  readonly text: string
  /** The parsed text if it is JSON, otherwise undefined. */
  readonly json: unknown
}

/** How a label format is recognised, read and written. */
export type LabelCodec = {
  readonly basis: 'json' | 'text'
  /** Called only for files of its basis. */
  readonly sniff: (file: LabelText) => boolean
  /** @throws IMPORT_MALFORMED with the place */
  readonly parse: (file: LabelText) => readonly LabelledTrack[]
  /** Left out for a read-only format. @param tracks exactly one for a format that holds one track a file */
  readonly format?: (tracks: readonly LabelledTrack[]) => string
}
