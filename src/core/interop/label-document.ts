import { UserError } from '../support/user-error.ts'
import { formatAudacity, parseAudacity } from './audacity.ts'
import { corpusToLabelled, formatCorpusTracks, labelledToCorpus, parseCorpusTracks } from './corpus-json.ts'
import { formatJams, parseJams } from './jams.ts'
import { parseJsonText } from './json-text.ts'
import type { LabelledTrack } from './labelled-track.ts'
import { formatLabelsCsv, isLabelsCsv, parseLabelsCsv } from './labels-csv.ts'

export const LABEL_FORMATS = ['corpus', 'jams', 'audacity', 'csv'] as const
export type LabelFormat = (typeof LABEL_FORMATS)[number]

export type LabelFormatTraits = {
  readonly extension: string
  /** Whether one file may hold several tracks. */
  readonly isForMany: boolean
}

export const LABEL_FORMAT_TRAITS: Readonly<Record<LabelFormat, LabelFormatTraits>> = {
  corpus: { extension: '.json', isForMany: true },
  jams: { extension: '.jams', isForMany: false },
  audacity: { extension: '.txt', isForMany: false },
  csv: { extension: '.csv', isForMany: true },
}

export type LabelDocument = {
  readonly format: LabelFormat
  readonly tracks: readonly LabelledTrack[]
}

const BYTE_ORDER_MARK = '\ufeff'
/** A few times the largest library's labels; beyond it the file is something else. */
const LONGEST_DOCUMENT_CHARACTERS = 64 * 2 ** 20
const AUDACITY_LINE = /^\s*-?\d{1,9}(?:[.,]\d{1,12})?\t/

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const parseJsonDocument = (text: string): LabelDocument => {
  const json = parseJsonText(text)
  if (isRecord(json) && 'file_metadata' in json && 'annotations' in json)
    return { format: 'jams', tracks: [parseJams(json)] }
  if (isRecord(json) && ('segments' in json || 'tracks' in json))
    return { format: 'corpus', tracks: parseCorpusTracks(json).map(corpusToLabelled) }
  throw new UserError(
    'FORMAT_UNKNOWN',
    'The JSON is neither JAMS (file_metadata, annotations) nor a corpus (segments).',
  )
}

/**
 * Reads labels in any known format, told by the contents and not by the file's name.
 * @throws FORMAT_UNKNOWN, IMPORT_MALFORMED
 */
export const parseLabelDocument = (contents: string): LabelDocument => {
  const text = contents.startsWith(BYTE_ORDER_MARK) ? contents.slice(1) : contents
  if (text.length > LONGEST_DOCUMENT_CHARACTERS)
    throw new UserError('FORMAT_UNKNOWN', `The file has ${text.length} characters: far more than labels take.`)
  if (text.includes('\0')) throw new UserError('FORMAT_UNKNOWN', 'The file is binary, not text.')
  if (text.trim() === '') throw new UserError('FORMAT_UNKNOWN', 'The file is empty.')
  if (/^\s*[{[]/.test(text)) return parseJsonDocument(text)
  if (AUDACITY_LINE.test(text)) return { format: 'audacity', tracks: [parseAudacity(text)] }
  if (isLabelsCsv(text)) return { format: 'csv', tracks: parseLabelsCsv(text) }
  throw new UserError(
    'FORMAT_UNKNOWN',
    'The first line is neither JSON, nor an Audacity label, nor the header of a CSV.',
  )
}

/** The inverse of `parseLabelDocument`; formats that hold one track a file take exactly one. */
export const formatLabelDocument = ({ format, tracks }: LabelDocument): string => {
  if (!LABEL_FORMAT_TRAITS[format].isForMany && tracks.length !== 1)
    throw new RangeError(`${format} holds one track a file, not ${tracks.length}`)
  switch (format) {
    case 'corpus':
      return formatCorpusTracks(tracks.map(labelledToCorpus))
    case 'jams':
      return formatJams(tracks[0]!)
    case 'audacity':
      return formatAudacity(tracks[0]!)
    case 'csv':
      return formatLabelsCsv(tracks)
  }
}
