import { parseLabelDocument } from '../../core/interop/label-document.ts'
import type { LabelledTrack } from '../../core/interop/labelled-track.ts'
import { type ImportOutcome, type ImportTally, planLabelImport } from '../../core/interop/plan-label-import.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { type ErrorReport, toErrorReport, UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatures } from '../kit/current-grid.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { requireTrack } from '../kit/track-reference.ts'
import { editLabels, readEditable } from '../labelling/edit-labels.ts'
import { createTrackFinder } from './find-labelled-track.ts'
import type { LabelFile } from './read-label-files.ts'

export type ImportReport = ImportTally & {
  /** Nothing was changed: this is what would be. */
  readonly dryRun: boolean
  readonly tracks: readonly number[]
  /** Labels of a file that were not taken, and why. */
  readonly refused: readonly { readonly file: string; readonly label: string; readonly error: ErrorReport }[]
  readonly warnings: readonly string[]
  readonly failures: readonly FileFailure[]
  /** In the order given. */
  readonly files: readonly (ImportTally & { readonly file: string; readonly tracks: readonly number[] })[]
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
type Told = ImportOutcome & { readonly entry: Entry }

const NOTHING: ImportTally = { imported: 0, unchanged: 0, skipped: 0 }

const sum = (told: readonly Told[]): ImportTally =>
  told.reduce(
    (total, { tally }) => ({
      imported: total.imported + tally.imported,
      unchanged: total.unchanged + tally.unchanged,
      skipped: total.skipped + tally.skipped,
    }),
    NOTHING,
  )

const changedTracks = (told: readonly Told[]): readonly number[] => [
  ...new Set(told.filter(({ tally }) => tally.imported > 0).map(({ entry }) => entry.track.id)),
]

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
  const told: Told[] = []
  for (const own of Map.groupBy(entries, ({ track }) => track.id).values()) {
    try {
      told.push(...(await importTrack(store, own, { overlap, dryRun })))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(...own.map(({ file }) => ({ file: file.name, error: toErrorReport(error) })))
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    dryRun,
    ...sum(told),
    tracks: changedTracks(told),
    refused: told.flatMap(({ entry, refused }) => refused.map((one) => ({ file: entry.file.name, ...one }))),
    warnings: told.flatMap(({ entry, warnings }) => warnings.map((text) => `${trackTitle(entry.track)}: ${text}`)),
    failures,
    files: files.map((file) => {
      const own = told.filter(({ entry }) => entry.file === file)
      return { file: file.name, ...sum(own), tracks: changedTracks(own) }
    }),
  }
}

/** All that files say about one track is one step. @param entries of that track */
const importTrack = async (
  store: Store,
  entries: readonly Entry[],
  { overlap, dryRun }: Required<Pick<ImportOptions, 'overlap' | 'dryRun'>>,
): Promise<readonly Told[]> => {
  const { track } = entries[0]!
  const files = entries.map(({ labelled }) => labelled.labels)
  const plan = (current: ReturnType<typeof readEditable>): ReturnType<typeof planLabelImport> =>
    planLabelImport({ ...current, features: currentFeatures(store, track), overlap }, files)
  const { outcomes } = dryRun ? plan(readEditable(store, track)) : (await editLabels(store, track, plan)).plan
  return outcomes.map((outcome, at) => ({ ...outcome, entry: entries[at]! }))
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
