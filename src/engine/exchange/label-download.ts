import { traitsOfFormat, type WrittenFormatName } from '../../core/interop/label-format-traits.ts'
import { packTracks } from '../../core/interop/packed-labels.ts'
import { giveWay } from '../../core/support/give-way.ts'
import type { Workspace } from '../kit/workspace.ts'
import { distinctNames, type Exported, fileNameOf, labelledTrack, labelledTracks } from './labelled-tracks.ts'

export type DownloadOptions = {
  readonly format: WrittenFormatName
  /** All tracks that have labels when left out. */
  readonly track?: string | undefined
  /** Whether labels are called by the person's own kinds. @default true */
  readonly ownKinds?: boolean | undefined
}

export type LabelDownload = { readonly fileName: string; readonly mediaType: string; readonly bytes: Uint8Array }

const ZIP_TYPE = 'application/zip'
/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 25

/**
 * Labels as one file to take away: of a format that holds one track a file, several tracks are an archive of such files. A thread
 * writes it; what it needs is looked up a little at a time, so that others are answered meanwhile.
 * @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export
 */
export const labelDownload = async (
  { store, pool }: Pick<Workspace, 'store' | 'pool'>,
  { format, track, ownKinds }: DownloadOptions,
): Promise<LabelDownload> => {
  const exported: Exported[] = []
  const pieces: Uint8Array[] = []
  for (const piece of labelledTracks(store, track, AT_ONCE)) {
    exported.push(...piece)
    pieces.push(packTracks(piece.map((one) => labelledTrack(store, one, { ownKinds }))))
    await giveWay()
  }
  const { extension, mediaType, holdsMany } = traitsOfFormat(format)
  const isOne = holdsMany || exported.length === 1
  const names = isOne ? null : distinctNames(exported, format)
  const bytes = await pool.run('formatLabels', { format, pieces, names })
  if (!isOne) return { fileName: `labels-${format}.zip`, mediaType: ZIP_TYPE, bytes }
  const fileName = track === undefined ? `labels${extension}` : fileNameOf(exported[0]!.track, format)
  return { fileName, mediaType, bytes }
}
