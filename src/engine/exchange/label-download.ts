import { traitsOfFormat, type WrittenFormatName } from '../../core/interop/label-format-traits.ts'
import type { Workspace } from '../kit/workspace.ts'
import { distinctNames, fileNameOf, labelledTracks } from './labelled-tracks.ts'
import { PACKED_AT_ONCE, packInTurns } from './pack-in-turns.ts'

export type DownloadOptions = {
  readonly format: WrittenFormatName
  /** All tracks that have labels when left out. */
  readonly track?: string | undefined
  /** Whether labels are called by the person's own kinds. @default true */
  readonly ownKinds?: boolean | undefined
}

export type LabelDownload = { readonly fileName: string; readonly mediaType: string; readonly bytes: Uint8Array }

const ZIP_TYPE = 'application/zip'

/**
 * Labels as one file to take away: of a format that holds one track a file, several tracks are an archive of such files. A thread
 * writes it; what it needs is looked up a little at a time, so that others are answered meanwhile.
 * @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export
 */
export const labelDownload = async (
  { store, pool }: Pick<Workspace, 'store' | 'pool'>,
  { format, track, ownKinds }: DownloadOptions,
): Promise<LabelDownload> => {
  const { exported, packed } = await packInTurns(store, labelledTracks(store, track, PACKED_AT_ONCE), { ownKinds })
  const { extension, mediaType, holdsMany } = traitsOfFormat(format)
  const isOne = holdsMany || exported.length === 1
  const names = isOne ? null : distinctNames(exported, format)
  const bytes = await pool.run('formatLabels', { format, pieces: packed, names })
  if (!isOne) return { fileName: `labels-${format}.zip`, mediaType: ZIP_TYPE, bytes }
  const fileName = track === undefined ? `labels${extension}` : fileNameOf(exported[0]!.track, format)
  return { fileName, mediaType, bytes }
}
