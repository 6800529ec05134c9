import { UserError } from '../support/user-error.ts'
import { parseJsonText } from './json-text.ts'
import { LONGEST_DOCUMENT_CHARACTERS } from './label-bytes.ts'
import type { LabelText } from './label-codec.ts'
import {
  type LabelFormatName,
  READ_FORMATS_TEXT,
  traitsOfFormat,
  type WrittenFormatName,
} from './label-format-traits.ts'
import { LABEL_CODECS } from './label-formats.ts'
import type { LabelledTrack } from './labelled-track.ts'

export type LabelDocument<Format extends LabelFormatName = LabelFormatName> = {
  readonly format: Format
  readonly tracks: readonly LabelledTrack[]
}

const BYTE_ORDER_MARK = '\ufeff'
/** @throws FORMAT_UNKNOWN for bytes that are not text, IMPORT_MALFORMED for text that begins like JSON and is not */
const readText = (contents: string): LabelText => {
  const text = contents.startsWith(BYTE_ORDER_MARK) ? contents.slice(1) : contents
  if (text.length > LONGEST_DOCUMENT_CHARACTERS)
    throw new UserError('FORMAT_UNKNOWN', `The file has ${text.length} characters, far more than labels need.`)
  if (text.includes('\0')) throw new UserError('FORMAT_UNKNOWN', 'The file is binary, not text.')
  if (text.trim() === '') throw new UserError('FORMAT_UNKNOWN', 'The file is empty.')
  return { text, json: /^\s*[{[]/.test(text) ? parseJsonText(text) : undefined }
}

/**
 * Reads labels in any known format, which is recognised by the contents and not by the file's name.
 * @throws FORMAT_UNKNOWN, IMPORT_MALFORMED
 */
export const parseLabelDocument = (contents: string): LabelDocument => {
  const file = readText(contents)
  const basis = file.json === undefined ? 'text' : 'json'
  const codecs = Object.entries(LABEL_CODECS).filter(([, codec]) => codec.basis === basis)
  const found = codecs.find(([, codec]) => codec.sniff(file))
  if (found === undefined)
    throw new UserError('FORMAT_UNKNOWN', `It is in none of the formats that Algiers reads: ${READ_FORMATS_TEXT}.`)
  const [format, codec] = found
  return { format: format as LabelFormatName, tracks: codec.parse(file) }
}

/** The inverse of `parseLabelDocument`; formats that hold one track a file take exactly one. */
export const formatLabelDocument = ({ format, tracks }: LabelDocument<WrittenFormatName>): string => {
  if (!traitsOfFormat(format).holdsMany && tracks.length !== 1)
    throw new RangeError(`${format} holds one track per file, not ${tracks.length}`)
  return LABEL_CODECS[format].format(tracks)
}
