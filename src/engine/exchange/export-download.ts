import { zipSync } from 'fflate'
import { WRITTEN_LIBRARIES } from '../../core/interop/libraries/written-library-traits.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Workspace } from '../kit/workspace.ts'
import { collectExport, exportName, type FileOptions } from './collect-export.ts'
import type { LabelDownload } from './label-download.ts'
import { writeInThread } from './write-in-thread.ts'

const ZIP_TYPE = 'application/zip'

/** A library for another program as one file to take away; several playlists are an archive. @throws SECTION_NOT_FOUND where there is nothing to write */
export const exportDownload = async (workspace: Workspace, options: FileOptions): Promise<LabelDownload> => {
  const { library } = await collectExport(workspace, options)
  if (library.tracks.length === 0) throw new UserError('SECTION_NOT_FOUND', 'No track has anything to write.')
  const { extension, mediaType } = WRITTEN_LIBRARIES[options.format]
  const fileName = exportName(workspace.store, options) + extension
  const writing = { format: options.format, fileName, folder: null, into: null }
  const { files } = await writeInThread(workspace, library, writing)
  if (files.length === 1) return { fileName, mediaType, bytes: files[0]!.bytes }
  const archive = zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])))
  return { fileName: 'Algiers.zip', mediaType: ZIP_TYPE, bytes: archive }
}
