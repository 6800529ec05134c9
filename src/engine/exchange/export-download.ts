import { zipSync } from 'fflate'
import { LIBRARY_WRITERS } from '../../core/interop/libraries/written-libraries.ts'
import { WRITTEN_LIBRARIES } from '../../core/interop/libraries/written-library-traits.ts'
import { UserError } from '../../core/support/user-error.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import type { Workspace } from '../kit/workspace.ts'
import { collectExport, exportName, type FileOptions } from './collect-export.ts'
import type { LabelDownload } from './label-download.ts'

const ZIP_TYPE = 'application/zip'

/** A library for another program as one file to take away; several playlists are an archive. @throws SECTION_NOT_FOUND where there is nothing to write */
export const exportDownload = async (workspace: Workspace, options: FileOptions): Promise<LabelDownload> => {
  const { library } = await collectExport(workspace, options)
  if (library.tracks.length === 0) throw new UserError('SECTION_NOT_FOUND', 'No track has anything to write.')
  const { extension, mediaType } = WRITTEN_LIBRARIES[options.format]
  const fileName = exportName(workspace.store, options) + extension
  const files = LIBRARY_WRITERS[options.format](library, { version: packageManifest.version, fileName, folder: null })
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  if (files.length === 1) return { fileName, mediaType, bytes: encode(files[0]!.text) }
  const archive = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, encode(text)])))
  return { fileName: 'Algiers.zip', mediaType: ZIP_TYPE, bytes: archive }
}
