import { type ForeignCue, type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from './foreign-library.ts'

/** A memory cue that a person set, without a name. */
export const foreignCue = (startSeconds: number, parts: Partial<ForeignCue> = {}): ForeignCue => ({
  type: 'cue',
  pad: null,
  startSeconds,
  endSeconds: null,
  name: null,
  colour: null,
  isAutomatic: false,
  ...parts,
})

/** A track at an absolute path, which is its key. */
export const foreignTrack = (path: string, parts: Partial<ForeignTrack> = {}): ForeignTrack => ({
  ...UNKNOWN_FOREIGN_TRACK,
  key: path,
  location: { path, from: 'root', streaming: null },
  ...parts,
})
