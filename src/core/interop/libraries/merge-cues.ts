/** Which of our cues come to those that a track of another program has already. */
import type { Seconds } from '../../units/units.ts'
import type { ExportedCue } from './exported-library.ts'

export const MERGE_MODES = ['extend', 'replace'] as const
export type MergeMode = (typeof MERGE_MODES)[number]

/** A cue that the file has. */
export type PresentCue = { readonly pad: number | null; readonly startSeconds: number; readonly isLoop: boolean }

/** An entry of the file: a track has several where several name its file. */
export type TrackMerge = {
  /** The place of the track among those that are written. */
  readonly at: number
  readonly title: string
  readonly added: readonly ExportedCue[]
  readonly removed: number
  /** There already, or without a free pad. */
  readonly leftOut: number
}

/** Added to our times, where the program begins the track at another moment. */
export type MovedMerge = Omit<TrackMerge, 'at'> & { readonly movedSeconds: Seconds }

/** What an export changes in a copy of a file, before it is written. */
export type LibraryMerge = {
  readonly text: string
  readonly changes: readonly TrackMerge[]
  /** Titles of tracks whose file several entries name. */
  readonly repeated: readonly string[]
  readonly addedTracks: number
  readonly cuesBefore: number
  readonly cuesAfter: number
}

/** Nobody sets two cues nearer than this; what an import put onto its beat is so still known as being there. */
export const SAME_SECONDS = 0.05

const isThere = (cue: ExportedCue, present: readonly PresentCue[]): boolean =>
  present.some(
    ({ pad, startSeconds, isLoop }) =>
      (pad === null) === (cue.pad === null) &&
      isLoop === (cue.endSeconds !== null) &&
      Math.abs(startSeconds - cue.startSeconds) < SAME_SECONDS,
  )

/** Fills only pads that are free, from the first; what lies where a cue is already is left out. */
export const extendCues = (
  cues: readonly ExportedCue[],
  present: readonly PresentCue[],
  pads: number,
): { readonly added: readonly ExportedCue[]; readonly leftOut: number } => {
  const taken = new Set(present.flatMap(({ pad }) => pad ?? []))
  const added = cues.flatMap((cue): ExportedCue[] => {
    if (isThere(cue, present)) return []
    if (cue.pad === null) return [cue]
    const pad = Array.from({ length: pads }, (_, index) => index).find((index) => !taken.has(index))
    if (pad === undefined) return []
    taken.add(pad)
    return [{ ...cue, pad }]
  })
  return { added, leftOut: cues.length - added.length }
}
