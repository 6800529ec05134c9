import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseLabelDocument } from '../../core/interop/label-document.ts'
import type { ForeignLabel, LabelledTrack } from '../../core/interop/labelled-track.ts'
import type { LabelRequest } from '../../core/labels/validate-label.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { type ErrorReport, toErrorReport, UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatures, requireGrid } from '../kit/current-grid.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { requireTrack } from '../kit/track-reference.ts'
import { addLabels } from '../labelling/label-operations.ts'
import { createTrackFinder, type LabelFilePlace } from './find-labelled-track.ts'

/** A file with labels, read already. */
export type LabelFile = LabelFilePlace & { readonly text: string }

/** A label of a file that was not taken, and why. */
type RefusedLabel = { readonly file: string; readonly label: string; readonly error: ErrorReport }

type Tally = {
  readonly imported: number
  /** Labels that were there already. */
  readonly unchanged: number
  /** Names that are no section kind, and labels that the file itself marks as doubtful. */
  readonly skipped: number
}

export type ImportReport = Tally & {
  /** Nothing was changed: this is what would be. */
  readonly dryRun: boolean
  readonly tracks: readonly number[]
  readonly refused: readonly RefusedLabel[]
  readonly warnings: readonly string[]
  readonly failures: readonly FileFailure[]
  /** In the order given. */
  readonly files: readonly (Tally & { readonly file: string; readonly tracks: readonly number[] })[]
}

export type ImportOptions = {
  /** All labels of all files are for this track. */
  readonly track?: string
  /** @default 'refuse': what is labelled already stays as it is. */
  readonly overlap?: 'refuse' | 'trim'
  /** Says what would come of it, and changes nothing. */
  readonly dryRun?: boolean
}

/** What a file says about a track of the library. */
type Entry = { readonly file: LabelFile; readonly labelled: LabelledTrack; readonly track: Track }

type Outcome = {
  readonly entry: Entry
  readonly tally: Tally
  readonly refused: readonly Omit<RefusedLabel, 'file'>[]
  readonly warnings: readonly string[]
}

const NOTHING: Tally = { imported: 0, unchanged: 0, skipped: 0 }

const sum = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (total, one) => ({
      imported: total.imported + one.imported,
      unchanged: total.unchanged + one.unchanged,
      skipped: total.skipped + one.skipped,
    }),
    NOTHING,
  )

/**
 * Takes the labels of files into the library. One label, track or file that is wrong does not keep the others out; others have their
 * turn between two tracks.
 */
export const importLabels = async (
  store: Store,
  files: readonly LabelFile[],
  { track: reference, overlap = 'refuse', dryRun = false }: ImportOptions = {},
): Promise<ImportReport> => {
  const failures: FileFailure[] = []
  const entries = collectEntries(store, files, { reference, failures })
  const outcomes: Outcome[] = []
  // All that is said about one track is one step, so that a dry run sees what its own earlier labels would have done.
  for (const own of Map.groupBy(entries, ({ track }) => track.id).values()) {
    const run = (): void => {
      for (const entry of own)
        try {
          outcomes.push(importEntry(store, entry, overlap))
        } catch (error) {
          if (!(error instanceof UserError)) throw error
          failures.push({ file: entry.file.name, error: toErrorReport(error) })
        }
    }
    if (dryRun) store.rehearse(run)
    else run()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const changed = (own: readonly Outcome[]): readonly number[] => [
    ...new Set(own.filter(({ tally }) => tally.imported > 0).map(({ entry }) => entry.track.id)),
  ]
  return {
    dryRun,
    ...sum(outcomes.map(({ tally }) => tally)),
    tracks: changed(outcomes),
    refused: outcomes.flatMap(({ entry, refused }) => refused.map((one) => ({ file: entry.file.name, ...one }))),
    warnings: outcomes.flatMap(({ entry, warnings }) => warnings.map((text) => `${trackTitle(entry.track)}: ${text}`)),
    failures,
    files: files.map((file) => {
      const own = outcomes.filter(({ entry }) => entry.file === file)
      return { file: file.name, ...sum(own.map(({ tally }) => tally)), tracks: changed(own) }
    }),
  }
}

type CollectOptions = { readonly reference: string | undefined; readonly failures: FileFailure[] }

const collectEntries = (
  store: Store,
  files: readonly LabelFile[],
  { reference, failures }: CollectOptions,
): readonly Entry[] => {
  const meant = reference === undefined ? null : requireTrack(store, reference)
  const find = meant ? () => meant : createTrackFinder(store)
  const attempt = <Result>({ name }: LabelFile, work: () => readonly Result[]): readonly Result[] => {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push({ file: name, error: toErrorReport(error) })
      return []
    }
  }
  return files.flatMap((file) =>
    attempt(file, () => parseLabelDocument(file.text).tracks).flatMap((labelled) =>
      attempt(file, () => [{ file, labelled, track: find(labelled, file) }]),
    ),
  )
}

/** @returns files that could be read, and why the others could not */
export const readLabelFiles = async (
  paths: readonly string[],
): Promise<{ readonly files: readonly LabelFile[]; readonly failures: readonly FileFailure[] }> => {
  const files: LabelFile[] = []
  const failures: FileFailure[] = []
  for (const path of paths)
    try {
      files.push({ name: path, folder: dirname(path), text: await readFile(path, 'utf8') })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const told = new UserError(code === 'ENOENT' ? 'AUDIO_NOT_FOUND' : 'AUDIO_UNREADABLE', `${path}: ${code}`)
      failures.push({ file: path, error: toErrorReport(told) })
    }
  return { files, failures }
}

const importEntry = (store: Store, entry: Entry, overlap: 'refuse' | 'trim'): Outcome => {
  const { track, labelled } = entry
  const features = currentFeatures(store, track)
  const usable = labelled.labels.filter(({ kind, isDoubtful }) => kind !== null && !isDoubtful)
  const refused: Omit<RefusedLabel, 'file'>[] = []
  const warnings: string[] = []
  let [imported, unchanged] = [0, 0]
  for (const foreign of usable)
    try {
      const requests = [requestOf(store, track, foreign)]
      const added = addLabels(store, track, { requests, overlap, keepEqual: true, features })
      if (added.labels.length > 0) imported++
      else unchanged++
      warnings.push(...added.warnings.map(({ message }) => `${foreign.name}: ${message}`))
    } catch (error) {
      if (!(error instanceof UserError) || isOfStorage(error)) throw error
      refused.push({ label: describe(foreign), error: toErrorReport(error) })
    }
  return { entry, tally: { imported, unchanged, skipped: labelled.labels.length - usable.length }, refused, warnings }
}

/** The next label would fail likewise. */
const isOfStorage = ({ code }: UserError): boolean => code.startsWith('STORAGE_')

const describe = ({ name, startBeat, endBeat, startSeconds, endSeconds }: ForeignLabel): string =>
  startBeat === null ? `${name} ${startSeconds}–${endSeconds} s` : `${name} ${startBeat}–${endBeat}`

/** A last marker without an end lasts to the end of the track. */
const requestOf = (store: Store, track: Track, foreign: ForeignLabel): LabelRequest => {
  const { grid } = requireGrid(store, track)
  const hasEnd = foreign.endBeat !== null || foreign.endSeconds !== null
  return {
    kind: foreign.kind,
    source: foreign.source ?? 'imported',
    startBeat: foreign.startBeat,
    endBeat: hasEnd ? foreign.endBeat : grid.beatCount,
    startSeconds: foreign.startSeconds,
    endSeconds: foreign.endSeconds,
  }
}
