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
}

export const EMPTY_TAGS: TrackTags = {
  title: null,
  artist: null,
  artists: [],
  album: null,
  genre: null,
  year: null,
  bpm: null,
  key: null,
}
