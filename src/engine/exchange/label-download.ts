import { basename } from 'node:path'
import { zipSync } from 'fflate'
import { formatLabelDocument } from '../../core/interop/label-document.ts'
import { traitsOfFormat, type WrittenFormatName } from '../../core/interop/label-format-traits.ts'
import type { Store } from '../../platform/store/store.ts'
import { type Exported, fileNameOf, labelledTrack, labelledTracks } from './labelled-tracks.ts'

export type DownloadOptions = {
  readonly format: WrittenFormatName
  /** All tracks that have labels when left out. */
  readonly track?: string | undefined
}

export type LabelDownload = { readonly fileName: string; readonly mediaType: string; readonly bytes: Uint8Array }

export const ZIP_TYPE = 'application/zip'

/** Two tracks whose files have the same name are told apart by their ids. */
const distinctNames = (exported: readonly Exported[], format: WrittenFormatName): readonly string[] => {
  const names = exported.map(({ track }) => fileNameOf(track, format))
  const { extension } = traitsOfFormat(format)
  return names.map((name, at) => {
    const isShared = names.some((other, index) => index !== at && other.toLowerCase() === name.toLowerCase())
    return isShared ? `${basename(name, extension)} (${exported[at]!.track.id})${extension}` : name
  })
}

/**
 * Labels as one file to take away: of a format that holds one track a file, several tracks are an archive of such files.
 * @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export
 */
export const labelDownload = (store: Store, { format, track }: DownloadOptions): LabelDownload => {
  const exported = labelledTracks(store, track)
  const encode = (own: readonly Exported[]): Uint8Array =>
    new TextEncoder().encode(formatLabelDocument({ format, tracks: own.map((one) => labelledTrack(store, one)) }))
  const { extension, mediaType, holdsMany } = traitsOfFormat(format)
  if (holdsMany || exported.length === 1) {
    const fileName = track === undefined ? `labels${extension}` : fileNameOf(exported[0]!.track, format)
    return { fileName, mediaType, bytes: encode(exported) }
  }
  const names = distinctNames(exported, format)
  const files = Object.fromEntries(exported.map((one, at) => [names[at]!, encode([one])]))
  return { fileName: `labels-${format}.zip`, mediaType: ZIP_TYPE, bytes: zipSync(files) }
}
