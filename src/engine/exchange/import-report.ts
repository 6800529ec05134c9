import { importReasons } from '../../core/interop/import-reasons.ts'
import type { LabelFormatName } from '../../core/interop/label-format-traits.ts'
import type { ImportOutcome, ImportTally } from '../../core/interop/plan-label-import.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import type { ErrorReport } from '../../core/support/user-error.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import type { LabelFilePlace } from './find-labelled-track.ts'

export type ImportReport = ImportTally & {
  /** Nothing was changed: this is what would be. */
  readonly dryRun: boolean
  readonly tracks: readonly number[]
  /** Labels of a file that were not taken, and why; of many, the first. */
  readonly refused: readonly { readonly file: string; readonly label: string; readonly error: ErrorReport }[]
  /** Of many, the first. */
  readonly warnings: readonly string[]
  /** Of many, the first. */
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
  /** Tracks in the file that fit none of the library, or several; of many, the first. */
  readonly unmatched: readonly { readonly name: string; readonly reason: string }[]
}

/** A file that was read, with what has come of it so far. */
export type FileUnderWay = LabelFilePlace & {
  readonly format: LabelFormatName | null
  readonly told: Told[]
  readonly failed: Failed[]
  /** How many more failed than are told. */
  failedMore: number
}
type Told = ImportOutcome & { readonly track: Track }
export type Failed = { readonly error: ErrorReport; readonly unmatched: string | null }

/** Nobody reads more of them. */
const MOST_TOLD = 100
/** An import of many files tells of each, but not of each so much. */
const MOST_TOLD_IN_ALL = 1000

export const fail = (file: FileUnderWay, failure: Failed): void => {
  if (file.failed.length < MOST_TOLD) file.failed.push(failure)
  else file.failedMore++
}

const NOTHING: ImportTally = { imported: 0, unchanged: 0, skipped: 0 }

const sum = (tallies: readonly ImportTally[]): ImportTally =>
  tallies.reduce(
    (total, tally) => ({
      imported: total.imported + tally.imported,
      unchanged: total.unchanged + tally.unchanged,
      skipped: total.skipped + tally.skipped,
    }),
    NOTHING,
  )

const changedTracks = (told: readonly Told[]): readonly Track[] => [
  ...new Map(told.flatMap(({ tally, track }) => (tally.imported > 0 ? [[track.id, track] as const] : []))).values(),
]

const reasonOf = ({ error: { title, detail } }: Failed): string => `${title}. ${detail}`

const fileReport = ({ name, format, told, failed, failedMore }: FileUnderWay): FileReport => {
  const tracks = changedTracks(told)
  return {
    file: name,
    format,
    ...sum(told.map(({ tally }) => tally)),
    tracks: tracks.map(({ id }) => id),
    titles: tracks.map(trackTitle),
    reasons: [
      ...failed.map(reasonOf),
      ...(failedMore > 0 ? [`${failedMore.toLocaleString('en-GB')} more could not be imported.`] : []),
      ...(told.length > 0 || failed.length === 0 ? importReasons(told) : []),
    ],
    unmatched: failed.flatMap((one) =>
      one.unmatched === null ? [] : [{ name: one.unmatched, reason: reasonOf(one) }],
    ),
  }
}

export const importReport = (files: readonly FileUnderWay[], dryRun: boolean): ImportReport => {
  const reports = files.map(fileReport)
  const first = <Each>(of: (file: FileUnderWay) => readonly Each[]): readonly Each[] =>
    files.flatMap(of).slice(0, MOST_TOLD_IN_ALL)
  return {
    dryRun,
    ...sum(reports),
    tracks: [...new Set(reports.flatMap(({ tracks }) => tracks))],
    refused: first(({ name, told }) => told.flatMap(({ refused }) => refused.map((one) => ({ file: name, ...one })))),
    warnings: first(({ told }) =>
      told.flatMap(({ track, warnings }) => warnings.map((text) => `${trackTitle(track)}: ${text}`)),
    ),
    failures: first(({ name, failed }) => failed.map(({ error }) => ({ file: name, error }))),
    files: reports,
  }
}
