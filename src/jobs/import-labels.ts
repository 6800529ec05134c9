import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, resolve } from 'node:path'
import { parseLabelDocument } from '../interop/label-document.ts'
import type { ForeignLabel, LabelledTrack } from '../interop/labelled-track.ts'
import type { LabelRequest } from '../labels/validate-label.ts'
import { type Track, trackTitle } from '../library/track.ts'
import type { Store } from '../store/store.ts'
import { type ErrorReport, toErrorReport, UserError } from '../support/user-error.ts'
import type { FileFailure } from './crawl.ts'
import { addLabels, requireGrid } from './label-operations.ts'
import { requireTrack } from './track-reference.ts'

/** A label of a file that was not taken, and why. */
type RefusedLabel = { readonly file: string; readonly label: string; readonly error: ErrorReport }

export type ImportReport = {
  readonly imported: number
  /** Labels that were there already. */
  readonly unchanged: number
  /** Names that are no section kind, and labels that the file itself marks as doubtful. */
  readonly skipped: number
  readonly tracks: readonly number[]
  readonly refused: readonly RefusedLabel[]
  readonly warnings: readonly string[]
  readonly failures: readonly FileFailure[]
}

export type ImportOptions = {
  /** All labels of all files are for this track. */
  readonly track?: string
  /** @default 'refuse': what is labelled already stays as it is. */
  readonly overlap?: 'refuse' | 'trim'
}

type Tally = { imported: number; unchanged: number; skipped: number }

/** Takes the labels of files into the library. One label or file that is wrong does not keep the others out. */
export const importLabels = async (
  store: Store,
  files: readonly string[],
  options: ImportOptions = {},
): Promise<ImportReport> => {
  const tally: Tally = { imported: 0, unchanged: 0, skipped: 0 }
  const touched = new Set<number>()
  const refused: RefusedLabel[] = []
  const warnings: string[] = []
  const failures: FileFailure[] = []
  for (const file of files)
    try {
      for (const labelled of parseLabelDocument(await readText(file)).tracks) {
        const track = options.track ? requireTrack(store, options.track) : matchTrack(store, labelled, file)
        const outcome = importTrack(store, track, { labelled, overlap: options.overlap ?? 'refuse' })
        for (const key of ['imported', 'unchanged', 'skipped'] as const) tally[key] += outcome.tally[key]
        if (outcome.tally.imported > 0) touched.add(track.id)
        refused.push(...outcome.refused.map((one) => ({ file, ...one })))
        warnings.push(...outcome.warnings.map((message) => `${trackTitle(track)}: ${message}`))
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push({ file, error: toErrorReport(error) })
    }
  return { ...tally, tracks: [...touched], refused, warnings, failures }
}

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UserError(code === 'ENOENT' ? 'AUDIO_NOT_FOUND' : 'AUDIO_UNREADABLE', `${file}: ${code}`, {}, error)
  }
}

const stem = (path: string): string => basename(path, extname(path)).normalize('NFC').toLowerCase()

/** By what is surest first: the audio's digest, the path, the file's name, artist and title. */
const matchTrack = (store: Store, labelled: LabelledTrack, file: string): Track => {
  const tracks = store.tracks.list()
  const only = (found: readonly Track[]): Track | null => (found.length === 1 ? found[0]! : null)
  const wantedStem = stem(labelled.path ?? file)
  const track =
    (labelled.contentHash && store.tracks.findByDigest(labelled.contentHash)) ||
    (labelled.path && store.tracks.findByPath(resolve(dirname(file), labelled.path))) ||
    only(tracks.filter(({ locations }) => locations.some(({ path }) => stem(path) === wantedStem))) ||
    only(
      tracks.filter(
        ({ tags }) => labelled.title !== null && tags.title === labelled.title && tags.artist === labelled.artist,
      ),
    )
  if (track) return track
  throw new UserError(
    'TRACK_NOT_FOUND',
    `No track, or more than one, fits ${labelled.path ?? file}: name it with --track.`,
  )
}

type TrackOutcome = {
  readonly tally: Tally
  readonly refused: readonly Omit<RefusedLabel, 'file'>[]
  readonly warnings: readonly string[]
}

const importTrack = (
  store: Store,
  track: Track,
  { labelled, overlap }: { readonly labelled: LabelledTrack; readonly overlap: 'refuse' | 'trim' },
): TrackOutcome => {
  const usable = labelled.labels.filter(({ kind, isDoubtful }) => kind !== null && !isDoubtful)
  const tally: Tally = { imported: 0, unchanged: 0, skipped: labelled.labels.length - usable.length }
  const refused: Omit<RefusedLabel, 'file'>[] = []
  const warnings: string[] = []
  for (const foreign of usable)
    try {
      const added = addLabels(store, track, { requests: [requestOf(store, track, foreign)], overlap, keepEqual: true })
      if (added.labels.length > 0) tally.imported++
      else tally.unchanged++
      warnings.push(...added.warnings.map(({ message }) => `${foreign.name}: ${message}`))
    } catch (error) {
      if (!(error instanceof UserError) || error.code === 'ANALYSIS_REQUIRED') throw error
      refused.push({ label: describe(foreign), error: toErrorReport(error) })
    }
  return { tally, refused, warnings }
}

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
