import { existsSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { zipSync } from 'fflate'
import { beatsToSeconds, beatTimes } from '../../core/beats/beat-grid.ts'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import {
  formatLabelDocument,
  LABEL_FORMAT_TRAITS,
  LABEL_FORMATS,
  type LabelFormat,
} from '../../core/interop/label-document.ts'
import type { LabelledTrack } from '../../core/interop/labelled-track.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type DiskEffects, diskEffects } from '../../platform/store/disk-effects.ts'
import type { StoredLabel } from '../../platform/store/label-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { requireTrack } from '../kit/track-reference.ts'

export type ExportOptions = {
  /** A file, or a folder that exists: then one file a track. */
  readonly target: string
  /** Told by the ending of the file where left out. */
  readonly format?: LabelFormat
  /** Only this track; all that have labels when left out. */
  readonly track?: string
  readonly overwrite?: boolean
  readonly effects?: DiskEffects
}

export type ExportReport = {
  readonly format: LabelFormat
  readonly files: readonly string[]
  readonly tracks: number
  readonly labels: number
}

/** @throws FORMAT_UNKNOWN, EXPORT_EXISTS, TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export */
export const exportLabels = (store: Store, options: ExportOptions): ExportReport => {
  const target = resolve(options.target)
  const isFolder = existsSync(target) && statSync(target).isDirectory()
  const format = options.format ?? formatOf(target, isFolder)
  const tracks = labelledTracks(store, options.track)
  if (!isFolder && tracks.length > 1 && !LABEL_FORMAT_TRAITS[format].isForMany)
    throw new UserError('FORMAT_UNKNOWN', `${format} holds one track a file: name a track, or a folder as the target.`)
  const documents = isFolder
    ? tracks.map((one) => ({ path: join(target, fileNameOf(one.track, format)), tracks: [one] }))
    : [{ path: target, tracks }]
  requireFree(documents, options.overwrite ?? false)
  for (const { path, tracks: content } of documents) {
    const labelled = content.map(({ track, labels }) => toLabelledTrack(store, track, labels))
    writeWhole(path, formatLabelDocument({ format, tracks: labelled }), options.effects ?? diskEffects)
  }
  const labels = tracks.reduce((sum, one) => sum + one.labels.length, 0)
  return { format, files: documents.map(({ path }) => path), tracks: tracks.length, labels }
}

type Labelled = { readonly track: Track; readonly labels: readonly StoredLabel[] }

/** @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export */
const labelledTracks = (store: Store, reference: string | undefined): readonly Labelled[] => {
  const only = reference === undefined ? {} : { trackId: requireTrack(store, reference).id }
  const byTrack = Map.groupBy(store.labels.list(only), ({ trackId }) => trackId)
  if (byTrack.size === 0) throw new UserError('LABEL_NOT_FOUND', 'There are no labels to export.')
  return [...byTrack].map(([trackId, labels]) => ({ track: store.tracks.get(trackId)!, labels }))
}

export type LabelDownload = { readonly fileName: string; readonly mediaType: string; readonly bytes: Uint8Array }

const MEDIA_TYPES: Readonly<Record<LabelFormat, string>> = {
  corpus: 'application/json',
  jams: 'application/json',
  audacity: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
}
export const ZIP_TYPE = 'application/zip'

/** Two tracks whose files have the same name are told apart by their ids. */
const distinctNames = (tracks: readonly Labelled[], format: LabelFormat): readonly string[] => {
  const names = tracks.map(({ track }) => fileNameOf(track, format))
  const { extension } = LABEL_FORMAT_TRAITS[format]
  return names.map((name, at) => {
    const isShared = names.some((other, index) => index !== at && other.toLowerCase() === name.toLowerCase())
    return isShared ? `${basename(name, extension)} (${tracks[at]!.track.id})${extension}` : name
  })
}

/**
 * Labels as one file to take away: of a format that holds one track a file, several tracks are an archive of such files.
 * @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export
 */
export const labelDownload = (
  store: Store,
  { format, track }: { readonly format: LabelFormat; readonly track?: string | undefined },
): LabelDownload => {
  const tracks = labelledTracks(store, track)
  const labelled = tracks.map((one) => toLabelledTrack(store, one.track, one.labels))
  const encode = (own: readonly LabelledTrack[]): Uint8Array =>
    new TextEncoder().encode(formatLabelDocument({ format, tracks: own }))
  const { extension, isForMany } = LABEL_FORMAT_TRAITS[format]
  if (isForMany || tracks.length === 1) {
    const fileName = track === undefined ? `labels${extension}` : fileNameOf(tracks[0]!.track, format)
    return { fileName, mediaType: MEDIA_TYPES[format], bytes: encode(labelled) }
  }
  const names = distinctNames(tracks, format)
  const files = Object.fromEntries(labelled.map((one, at) => [names[at]!, encode([one])]))
  return { fileName: `labels-${format}.zip`, mediaType: ZIP_TYPE, bytes: zipSync(files) }
}

const formatOf = (target: string, isFolder: boolean): LabelFormat => {
  const format = LABEL_FORMATS.find((one) => LABEL_FORMAT_TRAITS[one].extension === extname(target).toLowerCase())
  if (isFolder || format === undefined)
    throw new UserError(
      'FORMAT_UNKNOWN',
      `The ending of ${target} names no format: add --format ${LABEL_FORMATS.join('|')}.`,
    )
  return format
}

const fileNameOf = (track: Track, format: LabelFormat): string => {
  const path = track.locations[0]?.path
  return `${path ? basename(path, extname(path)) : `track-${track.id}`}${LABEL_FORMAT_TRAITS[format].extension}`
}

const requireFree = (documents: readonly { readonly path: string }[], overwrite: boolean): void => {
  const paths = documents.map(({ path }) => path)
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  if (twice) throw new UserError('EXPORT_EXISTS', `Two tracks would be written to ${twice}.`)
  const existing = overwrite ? undefined : paths.find((path) => existsSync(path))
  if (existing) throw new UserError('EXPORT_EXISTS', `${existing} exists.`)
}

const writeWhole = (path: string, text: string, effects: DiskEffects): void => {
  const partial = join(dirname(path), `.${basename(path)}.partial`)
  try {
    effects.writeDurably(partial, Buffer.from(text))
    effects.rename(partial, path)
  } catch (error) {
    effects.remove(partial)
    const { code } = error as NodeJS.ErrnoException
    throw new UserError(code === 'ENOSPC' ? 'STORAGE_FULL' : 'AUDIO_UNREADABLE', `${path}: ${code}`, {}, error)
  }
}

const toLabelledTrack = (store: Store, track: Track, labels: readonly StoredLabel[]): LabelledTrack => {
  const { grid } = requireGrid(store, track)
  const analysis = store.analyses.get(track.id)
  const times = beatTimes(grid)
  return {
    path: track.locations[0]?.path ?? null,
    contentHash: track.audioDigest,
    title: trackTitle(track),
    artist: track.tags.artist,
    durationSeconds: analysis?.durationSeconds ?? null,
    tempoBpm: mainTempo(grid),
    beatsPerBar: grid.beatsPerBar,
    beatTimes: [...times],
    downbeatTimes: [...times].filter((_, beat) => beat % grid.beatsPerBar === grid.firstDownbeat),
    key: analysis?.facts.key ?? null,
    labels: labels.map(({ startBeat, endBeat, kind, source, createdAt }) => ({
      startSeconds: beatsToSeconds(grid, startBeat),
      endSeconds: beatsToSeconds(grid, endBeat),
      startBeat,
      endBeat,
      name: kind,
      kind,
      source,
      createdAt,
      isDoubtful: false,
    })),
  }
}
