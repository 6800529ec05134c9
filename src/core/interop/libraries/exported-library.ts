import type { BeatGrid } from '../../beats/beat-grid.ts'
import type { Seconds } from '../../units/units.ts'

/** What is written for another DJ program; what is null is left out of the file. Seconds count from the first decoded sample. */
export type ExportedLibrary = {
  readonly tracks: readonly ExportedTrack[]
  readonly playlists: readonly ExportedPlaylist[]
}

export type ExportedTrack = {
  /** By which playlists name it; above 0, no two alike. */
  readonly id: number
  /** Absolute, with forward slashes: "D:/Music/a.mp3". */
  readonly path: string
  readonly title: string
  readonly artist: string | null
  readonly album: string | null
  readonly genre: string | null
  readonly comment: string | null
  readonly year: number | null
  readonly durationSeconds: Seconds | null
  readonly sizeBytes: number | null
  readonly bitRateKbps: number | null
  /** Of the wheel, e.g. "8A". */
  readonly key: string | null
  /** Stars, 1 to 5. */
  readonly rating: number | null
  /** ISO 8601. */
  readonly addedAt: string | null
  /** Null where the program's own grid stays. */
  readonly grid: ExportedGrid | null
  readonly cues: readonly ExportedCue[]
}

export type ExportedGrid = Pick<BeatGrid, 'anchors' | 'beatsPerBar' | 'firstDownbeat'>

export type ExportedCue = {
  /** From 0; null for a memory cue. */
  readonly pad: number | null
  readonly startSeconds: Seconds
  /** Null for a point. */
  readonly endSeconds: Seconds | null
  readonly name: string
  /** "#rrggbb" as it shall look; the program shows the nearest that it has. */
  readonly colour: string | null
}

export type ExportedPlaylist = {
  readonly name: string
  readonly folders: readonly string[]
  readonly trackIds: readonly number[]
}
