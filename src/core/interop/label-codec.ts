import type { LabelledTrack } from './labelled-track.ts'

/** The contents of a file. */
export type LabelText = {
  readonly text: string
  /** Parsed, where the text is JSON; else undefined. */
  readonly json: unknown
}

/** How a format of labels is told from others, read and written. */
export type LabelCodec = {
  readonly basis: 'json' | 'text'
  /** What it is told by, for the message where no format fits. */
  readonly mark: string
  /** Asked only for files of its basis. */
  readonly sniff: (file: LabelText) => boolean
  /** @throws IMPORT_MALFORMED with the place */
  readonly parse: (file: LabelText) => readonly LabelledTrack[]
  /** Left out for a format that is only read. @param tracks exactly one for a format that holds one track a file */
  readonly format?: (tracks: readonly LabelledTrack[]) => string
}
