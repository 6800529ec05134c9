/**
 * @file Labels between the thread that reads or writes files and the one that has the library. They cross as bytes, so that the other thread
 * takes apart no more at once than it has time for; the labels themselves it only hands on.
 */
import { packBytes as pack, packList, unpackBytes as unpack } from '../support/packed-list.ts'
import type { ErrorReport } from '../support/user-error.ts'
import type { LabelFormatName } from './label-format-traits.ts'
import type { ForeignLabel, LabelledTrack } from './labelled-track.ts'

/** A file that was opened: what it is called, and the folder that paths in it are meant from, where that is known. */
type FilePlace = { readonly name: string; readonly folder: string | null }

/** What came of reading a file. */
export type ReadLabelFile = FilePlace &
  (
    | { readonly format: LabelFormatName; readonly tracks: readonly LabelledTrack[] }
    | { readonly format: LabelFormatName | null; readonly error: ErrorReport }
  )

/** What a file calls a track. */
export type TrackNames = Pick<LabelledTrack, 'path' | 'contentHash' | 'title' | 'artist'>

/** A file begins, or the next track of the file that began last, with the place of its labels among all. */
export type PackedEntry =
  | (FilePlace & { readonly format: LabelFormatName | null; readonly error: ErrorReport | null })
  | { readonly track: TrackNames; readonly from: number; readonly to: number }

export type PackedLabels = { readonly pieces: readonly Uint8Array[]; readonly labels: Uint8Array }

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export const packLabels = (files: readonly ReadLabelFile[]): PackedLabels => {
  const entries: PackedEntry[] = []
  const parts: Uint8Array[] = []
  let at = 0
  for (const { name, folder, format, ...read } of files) {
    entries.push({ name, folder, format, error: 'error' in read ? read.error : null })
    for (const { labels, path, contentHash, title, artist } of 'tracks' in read ? read.tracks : []) {
      const bytes = pack(labels)
      parts.push(bytes)
      entries.push({ track: { path, contentHash, title, artist }, from: at, to: at + bytes.length })
      at += bytes.length
    }
  }
  return { pieces: packList(entries).pieces, labels: joined(parts) }
}

/** Tracks that are to be written to a file; the inverse is `unpackTracks`. */
export const packTracks = (tracks: readonly LabelledTrack[]): Uint8Array => pack(tracks)
export const unpackTracks = (bytes: Uint8Array): readonly LabelledTrack[] => unpack(bytes) as readonly LabelledTrack[]

export const unpackPiece = (piece: Uint8Array): readonly PackedEntry[] => unpack(piece) as readonly PackedEntry[]

/** @param bytes those of one track */
export const unpackLabels = (bytes: Uint8Array): readonly ForeignLabel[] => unpack(bytes) as readonly ForeignLabel[]
