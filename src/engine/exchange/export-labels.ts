import { existsSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { formatLabelDocument } from '../../core/interop/label-document.ts'
import {
  traitsOfFormat,
  WRITTEN_FORMAT_NAMES,
  WRITTEN_FORMATS,
  type WrittenFormatName,
} from '../../core/interop/label-format-traits.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type DiskEffects, diskEffects, FOR_OTHERS } from '../../platform/store/disk-effects.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireFreePaths, writingFailure } from '../kit/write-files.ts'
import { distinctNames, labelledTrack, labelledTracks } from './labelled-tracks.ts'

export type ExportOptions = {
  /** A file, or a folder that exists: then one file a track. */
  readonly target: string
  /** Told by the ending of the file where left out. */
  readonly format?: WrittenFormatName
  /** Only this track; all that have labels when left out. */
  readonly track?: string
  readonly overwrite?: boolean
  /** Whether labels are called by the person's own kinds. @default true */
  readonly ownKinds?: boolean
  readonly effects?: DiskEffects
}

export type ExportReport = {
  readonly format: WrittenFormatName
  readonly files: readonly string[]
  readonly tracks: number
  readonly labels: number
}

/** @throws FORMAT_UNKNOWN, EXPORT_EXISTS, TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export */
export const exportLabels = (store: Store, options: ExportOptions): ExportReport => {
  const target = resolve(options.target)
  const isFolder = existsSync(target) && statSync(target).isDirectory()
  const format = options.format ?? formatOf(target, isFolder)
  const exported = [...labelledTracks(store, options.track)].flat()
  if (!isFolder && exported.length > 1 && !traitsOfFormat(format).holdsMany)
    throw new UserError(
      'FORMAT_UNKNOWN',
      `${format} holds one track per file: name a track, or a folder as the target.`,
    )
  const names = distinctNames(exported, format)
  const documents = isFolder
    ? exported.map((one, at) => ({ path: join(target, names[at]!), content: [one] }))
    : [{ path: target, content: exported }]
  if (!options.overwrite) requireFreePaths(documents.map(({ path }) => path))
  for (const { path, content } of documents) {
    const text = formatLabelDocument({ format, tracks: content.map((one) => labelledTrack(store, one, options)) })
    writeWhole(path, text, options.effects ?? diskEffects)
  }
  const labels = exported.reduce((sum, one) => sum + one.labels.length, 0)
  return { format, files: documents.map(({ path }) => path), tracks: exported.length, labels }
}

const formatOf = (target: string, isFolder: boolean): WrittenFormatName => {
  const format = WRITTEN_FORMATS.find(({ extension }) => extension === extname(target).toLowerCase())
  if (isFolder || format === undefined)
    throw new UserError(
      'FORMAT_UNKNOWN',
      `The extension of ${target} names no format: add --format ${WRITTEN_FORMAT_NAMES.join('|')}.`,
    )
  return format.name
}

const writeWhole = (path: string, text: string, effects: DiskEffects): void => {
  const partial = join(dirname(path), `.${basename(path)}.partial`)
  try {
    effects.writeDurably(partial, Buffer.from(text), FOR_OTHERS)
    effects.rename(partial, path)
  } catch (error) {
    effects.remove(partial)
    throw writingFailure(path, error)
  }
}
