import { importReasons } from '../../core/interop/import-reasons.ts'
import { parseLabelDocument } from '../../core/interop/label-document.ts'
import type { LabelFormatName } from '../../core/interop/label-format-traits.ts'
import type { LabelledTrack } from '../../core/interop/labelled-track.ts'
import { type ImportOutcome, type ImportTally, planLabelImport } from '../../core/interop/plan-label-import.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { type ErrorReport, toErrorReport, UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatures } from '../kit/current-grid.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { requireTrack } from '../kit/track-reference.ts'
import { editLabels, readEditable } from '../labelling/edit-labels.ts'
import { createTrackFinder, nameInFile } from './find-labelled-track.ts'
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
  readonly files: readonly FileReport[]
}

/** What came of one file. */
export type FileReport = ImportTally & {
  readonly file: string
  /** What the file was read as; null for one that could not be read. */
  readonly format: LabelFormatName | null
  readonly tracks: readonly number[]
  /** The titles of these tracks. */
  readonly titles: readonly string[]
  /** Why labels of it were not taken; never empty where none was. */
  readonly reasons: readonly string[]
  /** Tracks in the file that fit none of the library, or several. */
  readonly unmatched: readonly { readonly name: string; readonly reason: string }[]
}

/** A person has said which track is meant. */
type ChosenTrack = {
  readonly file: string
  /** What the file calls it. */
  readonly name: string
  readonly trackId: number
}

export type ImportOptions = {
  /** All labels of all files are for this track. */
  readonly track?: string
  /** Tracks that are meant where the file does not say it well enough. */
  readonly chosen?: readonly ChosenTrack[]
  /** Leaves out the tracks of a file that are not chosen. */
  readonly onlyChosen?: boolean
  /** @default 'refuse': what is labelled already stays as it is. */
  readonly overlap?: 'refuse' | 'trim'
  /** Says what would come of it, and changes nothing. */
  readonly dryRun?: boolean
}

/** What a file says about a track of the library. */
type Entry = { readonly file: LabelFile; readonly labelled: LabelledTrack; readonly track: Track }
type Told = ImportOutcome & { readonly entry: Entry }
type Failed = { readonly file: LabelFile; readonly error: ErrorReport; readonly unmatched: string | null }
type Collected = {
  readonly entries: readonly Entry[]
  readonly formats: ReadonlyMap<LabelFile, LabelFormatName>
  readonly failed: readonly Failed[]
}

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

const changedTracks = (told: readonly Told[]): readonly Track[] => [
  ...new Map(
    told.flatMap(({ tally, entry: { track } }) => (tally.imported > 0 ? [[track.id, track] as const] : [])),
  ).values(),
]

const reasonOf = ({ error: { title, detail } }: Failed): string => `${title}. ${detail}`

/**
 * Takes the labels of files into the library. One label, track or file that is wrong does not keep the others out; others have their
 * turn between two files and between two tracks.
 */
export const importLabels = async (
  store: Store,
  files: readonly LabelFile[],
  { track: reference, chosen = [], onlyChosen = false, overlap = 'refuse', dryRun = false }: ImportOptions = {},
): Promise<ImportReport> => {
  const { entries, formats, failed: notRead } = await collectEntries(store, files, { reference, chosen, onlyChosen })
  const failed = [...notRead]
  const told: Told[] = []
  for (const own of Map.groupBy(entries, ({ track }) => track.id).values()) {
    try {
      told.push(...(await importTrack(store, own, { overlap, dryRun })))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failed.push(...own.map(({ file }) => ({ file, error: toErrorReport(error), unmatched: null })))
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  const toldOf = Map.groupBy(told, ({ entry }) => entry.file)
  const failedOf = Map.groupBy(failed, ({ file }) => file)
  return {
    dryRun,
    ...sum(told),
    tracks: changedTracks(told).map(({ id }) => id),
    refused: told.flatMap(({ entry, refused }) => refused.map((one) => ({ file: entry.file.name, ...one }))),
    warnings: told.flatMap(({ entry, warnings }) => warnings.map((text) => `${trackTitle(entry.track)}: ${text}`)),
    failures: failed.map(({ file, error }) => ({ file: file.name, error })),
    files: files.map((file) => {
      const own = toldOf.get(file) ?? []
      const ownFailed = failedOf.get(file) ?? []
      const tracks = changedTracks(own)
      return {
        file: file.name,
        format: formats.get(file) ?? null,
        ...sum(own),
        tracks: tracks.map(({ id }) => id),
        titles: tracks.map(trackTitle),
        reasons: [...ownFailed.map(reasonOf), ...(own.length > 0 || ownFailed.length === 0 ? importReasons(own) : [])],
        unmatched: ownFailed.flatMap((one) =>
          one.unmatched === null ? [] : [{ name: one.unmatched, reason: reasonOf(one) }],
        ),
      }
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

type CollectOptions = Required<Pick<ImportOptions, 'chosen' | 'onlyChosen'>> & {
  readonly reference: string | undefined
}

const collectEntries = async (
  store: Store,
  files: readonly LabelFile[],
  { reference, chosen, onlyChosen }: CollectOptions,
): Promise<Collected> => {
  const meant = reference === undefined ? null : requireTrack(store, reference)
  const byHand = new Map(
    chosen.map(({ file, name, trackId }) => [JSON.stringify([file, name]), requireTrack(store, String(trackId))]),
  )
  const finder = createTrackFinder(store)
  const chosenFor = (labelled: LabelledTrack, file: LabelFile): Track | undefined =>
    byHand.get(JSON.stringify([file.name, nameInFile(labelled, file.name)]))
  const find = (labelled: LabelledTrack, file: LabelFile): Track =>
    meant ?? chosenFor(labelled, file) ?? finder(labelled, file)
  const entries: Entry[] = []
  const failed: Failed[] = []
  const formats = new Map<LabelFile, LabelFormatName>()
  const attempt = (file: LabelFile, unmatched: string | null, work: () => void): void => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failed.push({ file, error: toErrorReport(error), unmatched })
    }
  }
  for (const file of files) {
    attempt(file, null, () => {
      const { format, tracks } = parseLabelDocument(file.text)
      formats.set(file, format)
      for (const labelled of onlyChosen ? tracks.filter((one) => chosenFor(one, file)) : tracks)
        attempt(file, nameInFile(labelled, file.name), () =>
          entries.push({ file, labelled, track: find(labelled, file) }),
        )
    })
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { entries, formats, failed }
}
