import { zipSync } from 'fflate'
import { formatLabelDocument } from '../../core/interop/label-document.ts'
import type { WrittenFormatName } from '../../core/interop/label-format-traits.ts'
import { unpackTracks } from '../../core/interop/packed-labels.ts'

export type FormatLabelsInput = {
  readonly format: WrittenFormatName
  /** Tracks as `packTracks` makes them. */
  readonly pieces: readonly Uint8Array[]
  /** What the file of each track is called, where they are to be an archive; null where they are one file. */
  readonly names: readonly string[] | null
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** @returns the bytes of one file */
export const formatLabels = ({ format, pieces, names }: FormatLabelsInput): Uint8Array => {
  const tracks = pieces.flatMap(unpackTracks)
  if (names === null) return encode(formatLabelDocument({ format, tracks }))
  const files = tracks.map((track, at) => [names[at]!, encode(formatLabelDocument({ format, tracks: [track] }))])
  return zipSync(Object.fromEntries(files))
}
