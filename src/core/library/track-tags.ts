/** What a file's tags say; null where they say nothing. Tags are shown and searched; nothing derived depends on them. */
export type TrackTags = {
  readonly title: string | null
  readonly artist: string | null
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
  album: null,
  genre: null,
  year: null,
  bpm: null,
  key: null,
}
