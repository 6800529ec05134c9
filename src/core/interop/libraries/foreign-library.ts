import type { SectionKind } from '../../labels/section-kind.ts'
import type { Beats, Bpm, Seconds } from '../../units/units.ts'

/** What a file, a folder or a drive of another DJ program holds; what it does not say is null. Seconds count from the first sample, as that program decodes it. */
export type ForeignLibrary = {
  /** As the program calls itself: "rekordbox". */
  readonly program: string | null
  /** Of the program, or of the format where only that is told. */
  readonly version: string | null
  readonly tracks: readonly ForeignTrack[]
  readonly playlists: readonly ForeignPlaylist[]
  /** What was passed over or does not look right. */
  readonly warnings: readonly ForeignWarning[]
}

export type ForeignWarning = {
  readonly text: string
  /** The track, playlist or place in the file that is meant. */
  readonly place: string | null
  /** How often the same was found; the place is then the first. */
  readonly count: number
}

export type ForeignTrack = {
  /** By which the playlists of the same library name it. */
  readonly key: string
  readonly location: ForeignLocation
  readonly title: string | null
  readonly artist: string | null
  readonly album: string | null
  readonly genre: string | null
  readonly comment: string | null
  readonly year: number | null
  readonly durationSeconds: Seconds | null
  readonly sizeBytes: number | null
  readonly bpm: Bpm | null
  /** As the program writes it: "Fm", "8A", "2d". */
  readonly keyName: string | null
  /** Stars, 0 to 5. */
  readonly rating: number | null
  /** "#rrggbb", lower case. */
  readonly colour: string | null
  readonly playCount: number | null
  /** ISO 8601 date, without a time where none is told. */
  readonly addedAt: string | null
  readonly grid: ForeignGrid | null
  /** In the order of their time. */
  readonly cues: readonly ForeignCue[]
  readonly phrases: readonly ForeignPhrase[]
}

/** What of a track lies at a time within it. */
export type ForeignMarks = Pick<ForeignTrack, 'cues' | 'phrases' | 'grid' | 'durationSeconds'>

/** Where a program says that the audio lies, decoded, with forward slashes: the machine may be another one. */
export type ForeignLocation = {
  readonly path: string | null
  /** What the path counts from: a `volume` has no name in the path, a `library` is the folder of the library itself, and `nowhere` gives the name of the file only. */
  readonly from: 'root' | 'volume' | 'library' | 'nowhere'
  /** The service that plays it, where there is no file: "soundcloud". */
  readonly streaming: string | null
}

export type ForeignGrid = {
  /** In the order of their time; each holds until the next. */
  readonly anchors: readonly ForeignAnchor[]
  /** Every beat, where the program keeps them all. */
  readonly beats: readonly Seconds[] | null
}

export type ForeignAnchor = {
  readonly seconds: Seconds
  readonly bpm: Bpm
  /** From 0, the first beat of the bar; null where the program does not count bars. */
  readonly beatOfBar: number | null
}

/** Points and loops; `load`, `fade-in`, `fade-out` and `end` are places that the program itself set or uses. */
export type ForeignCueType = 'cue' | 'loop' | 'load' | 'fade-in' | 'fade-out' | 'intro' | 'outro' | 'break' | 'end'

export type ForeignCue = {
  readonly type: ForeignCueType
  /** The pad, from 0; null for a memory cue. */
  readonly pad: number | null
  readonly startSeconds: Seconds
  /** Null for a point. */
  readonly endSeconds: Seconds | null
  /** As written; null where the program wrote none, or only its placeholder. */
  readonly name: string | null
  /** "#rrggbb" as the program shows it; null where it is the default of the pad or of all cues, and so says nothing. */
  readonly colour: string | null
  /** The program or a check set it, no person: it is never a label. */
  readonly isAutomatic: boolean
}

/** A stretch that the program's own analysis named. */
export type ForeignPhrase = {
  /** From 0, into the program's own beats. */
  readonly startBeat: Beats
  readonly endBeat: Beats
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
  /** As the program shows it: "Up 1". */
  readonly name: string
  readonly kind: SectionKind | null
  /** How far to trust the kind, 0 to 1: the reference gives .6 for tracks of high mood and .45 for others. */
  readonly confidence: number
}

export type ForeignPlaylist = {
  readonly name: string
  /** Names of the folders around it, outermost first. */
  readonly folders: readonly string[]
  /** Keys of tracks in their order, a track as often as it is there. */
  readonly trackKeys: readonly string[]
}

export const UNKNOWN_FOREIGN_TRACK: ForeignTrack = {
  key: '',
  location: { path: null, from: 'nowhere', streaming: null },
  title: null,
  artist: null,
  album: null,
  genre: null,
  comment: null,
  year: null,
  durationSeconds: null,
  sizeBytes: null,
  bpm: null,
  keyName: null,
  rating: null,
  colour: null,
  playCount: null,
  addedAt: null,
  grid: null,
  cues: [],
  phrases: [],
}
