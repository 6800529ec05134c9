/**
 * Serato's fields of Ogg Vorbis, which are laid out otherwise than in FLAC: marks as bare base64 without an envelope, the grid as a text.
 * https://github.com/Holzhaus/serato-tags/blob/main/docs/fileformats.md and the samples beside it; decision 0079
 */
import { joinBytes } from '../byte-writer.ts'
import { createWarningTally } from '../warning-tally.ts'
import { markers2Content } from './markers2.ts'
import { encodeSeratoBase64 } from './serato-base64.ts'
import { formatSeratoGridText, isSeratoGridText, parseSeratoGrid } from './serato-beat-grid.ts'
import type { SeratoFrameName } from './serato-frames.ts'
import { vorbisFieldsNamed } from './vorbis-fields.ts'

/** Serato writes small letters, which count for nothing; other programs put the marks under the name that FLAC has for them. */
const FIELDS: Readonly<
  Partial<Record<SeratoFrameName, { readonly field: string; readonly others: readonly string[] }>>
> = {
  markers2: { field: 'serato_markers2', others: ['SERATO_MARKERS_V2'] },
  beatGrid: { field: 'serato_beatgrid', others: [] },
}

/** Fields that are written or taken away. */
const CHANGED: readonly string[] = Object.values(FIELDS).flatMap(({ field, others }) => [...others, field])

export type OggFields = readonly (readonly [name: string, text: string])[]

/** What a file has in those fields, as it is. @param comments the body of the block */
export const oggFieldsIn = (comments: Uint8Array): OggFields => vorbisFieldsNamed(comments, CHANGED)

/** The fields as they were, in place of those that were written since. */
export const oggFieldsAgain = (fields: OggFields): readonly (readonly [field: string, text: string | null])[] => [
  ...CHANGED.map((name) => [name, null] as const),
  ...fields,
]

const textOf = (letters: Uint8Array): string => new TextDecoder('latin1').decode(letters)

const gridText = (frame: Uint8Array): string => {
  if (isSeratoGridText(frame)) return textOf(frame)
  const grid = parseSeratoGrid(frame, null, createWarningTally())
  return formatSeratoGridText(grid ?? { anchors: [] })
}

const marksText = (frame: Uint8Array): string => {
  const content = markers2Content(frame)
  return encodeSeratoBase64(joinBytes([content, new Uint8Array((3 - (content.length % 3)) % 3)]))
}

/** @returns the fields of a frame with their texts, null for one to take away; none for a frame that Ogg does not have */
export const oggFieldsOf = (
  name: SeratoFrameName,
  frame: Uint8Array | null,
): readonly (readonly [field: string, text: string | null])[] => {
  const place = FIELDS[name]
  if (place === undefined) return []
  const text = frame === null ? null : name === 'beatGrid' ? gridText(frame) : marksText(frame)
  return [...place.others.map((other) => [other, null] as const), [place.field, text]]
}
