import { basename } from 'node:path'
import { openLabelFile } from '../../core/interop/label-bytes.ts'
import { parseLabelDocument } from '../../core/interop/label-document.ts'
import { type PackedLabels, packLabels, type ReadLabelFile } from '../../core/interop/packed-labels.ts'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import { readRegularFile } from '../store/regular-file.ts'

/** As much as a text can hold. */
const MOST_BYTES = 512 * 1024 * 1024

/** A file as its client has read it. */
export type GivenFile = { readonly name: string } & ({ readonly text: string } | { readonly base64: string })
/** A file with labels, and the folder that paths in it are meant from; what a client calls a folder is none of this machine's. */
export type LabelFile = { readonly name: string; readonly folder: string | null; readonly text: string }

/** Files, or a file that holds what a client has given. */
export type LabelFilesInput = { readonly files: readonly (GivenFile | LabelFile)[] } | { readonly staged: string }

const openGiven = ({ name, ...content }: GivenFile | LabelFile): readonly LabelFile[] => {
  if ('folder' in content) return [{ name, folder: content.folder, text: content.text }]
  const opened = 'text' in content ? [{ name, ...content }] : openLabelFile(name, Buffer.from(content.base64, 'base64'))
  return opened.map((file) => ({ name: basename(file.name), folder: null, text: file.text }))
}

const parse = ({ name, folder, text }: LabelFile): ReadLabelFile => {
  try {
    return { name, folder, ...parseLabelDocument(text) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { name, folder, format: null, error: toErrorReport(error) }
  }
}

const read = (given: GivenFile | LabelFile): readonly ReadLabelFile[] => {
  try {
    return openGiven(given).map(parse)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return [{ name: basename(given.name), folder: null, format: null, error: toErrorReport(error) }]
  }
}

const readStaged = async (path: string): Promise<readonly GivenFile[]> => {
  try {
    return JSON.parse(readRegularFile(path, MOST_BYTES).toString('utf8')) as readonly GivenFile[]
  } catch (error) {
    throw new UserError('LABEL_FILE_NOT_FOUND', 'The files of this import are not kept any more.', {}, error)
  }
}

/** Reads labels in any known format; a file that cannot be read does not keep the others out. @throws LABEL_FILE_NOT_FOUND */
export const readLabelFiles = async (input: LabelFilesInput): Promise<PackedLabels> => {
  const given = 'staged' in input ? await readStaged(input.staged) : input.files
  return packLabels(given.flatMap(read))
}
