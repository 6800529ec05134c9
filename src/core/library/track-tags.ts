/** What a file's tags say; null where they say nothing. Tags are shown and searched; nothing derived depends on them. */
export type TrackTags = {
  readonly title: string | null
  /** All of them, as they are shown. */
  readonly artist: string | null
  /** One by one; empty where none is tagged. */
  readonly artists: readonly string[]
  readonly album: string | null
  readonly genre: string | null
  readonly year: number | null
  readonly bpm: number | null
  /** As tagged, e.g. `F#m` or `8A`. */
  readonly key: string | null
  /** 1 to 5 stars. */
  readonly rating: number | null
  readonly comment: string | null
  /** How the file is encoded, e.g. `MP3`. */
  readonly format: string | null
  readonly bitRateKbps: number | null
}

/** Raised when more is read from tags, or otherwise: tags from before are read again by the next scan. */
export const TAGS_VERSION = 1

export const EMPTY_TAGS: TrackTags = {
  title: null,
  artist: null,
  artists: [],
  album: null,
  genre: null,
  year: null,
  bpm: null,
  key: null,
  rating: null,
  comment: null,
  format: null,
  bitRateKbps: null,
}
