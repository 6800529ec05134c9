import { type TrackNames, unpackPiece } from '../../core/interop/packed-labels.ts'
import type { ImportGround, LabelImportPlan } from '../../core/interop/plan-label-import.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import type { LabelFilesInput } from '../../platform/workers/read-label-files.ts'
import { currentFeatures } from '../kit/current-grid.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import { editLabels, readEditable } from '../labelling/edit-labels.ts'
import { createTrackFinder, nameInFile } from './find-labelled-track.ts'
import { type FileUnderWay, fail, type ImportReport, importReport } from './import-report.ts'

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

export type ImportRun = {
  /** How many tracks are done, and the title of the last. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly item: string }) => void
  readonly signal?: AbortSignal
}

type Place = Pick<Workspace, 'store' | 'pool' | 'emit'>
/** What a file says about a track of the library, by whatever names it calls it. */
type Entry = { readonly file: FileUnderWay; readonly labels: Uint8Array[]; readonly track: Track }

/**
 * Takes the labels of files into the library. One label, track or file that is wrong does not keep the others out. Threads read the
 * files and plan the edits; what is done here is done a little at a time, so that others are answered meanwhile.
 */
export const importLabels = async (
  { store, pool, emit }: Place,
  source: LabelFilesInput,
  { overlap = 'refuse', dryRun = false, ...meant }: ImportOptions = {},
  { onProgress, signal }: ImportRun = {},
): Promise<ImportReport> => {
  const find = findingTracks(store, meant)
  const running = signal ? { signal } : {}
  const { pieces, labels } = await pool.run('readLabelFiles', source, running)
  const files: FileUnderWay[] = []
  const byTrack = new Map<number, Entry[]>()
  for (const piece of pieces) {
    for (const entry of unpackPiece(piece)) {
      if ('name' in entry) files.push(begin(entry))
      else {
        const file = files.at(-1)!
        const track = await find(entry.track, file)
        if (track !== null) addTo(byTrack, { file, track, labels: [labels.subarray(entry.from, entry.to)] })
      }
    }
    await giveWay()
    signal?.throwIfAborted()
  }
  const plan = (ground: ImportGround, own: readonly Entry[]): Promise<LabelImportPlan> =>
    pool.run('planLabels', { ground, files: own.map((entry) => entry.labels) }, running)
  const changed: number[] = []
  try {
    let done = 0
    for (const own of byTrack.values()) {
      const { track } = own[0]!
      if ((await importTrack({ store, plan, signal }, own, { overlap, dryRun })) && !dryRun) changed.push(track.id)
      onProgress?.({ done: ++done, total: byTrack.size, item: trackTitle(track) })
      await giveWay()
      signal?.throwIfAborted()
    }
  } finally {
    if (changed.length > 0) emit({ type: 'labels', trackIds: changed })
  }
  return importReport(files, dryRun)
}

/** A file that calls one track by many names is one entry: each would be planned and told of by itself. */
const addTo = (byTrack: Map<number, Entry[]>, entry: Entry): void => {
  const own = byTrack.get(entry.track.id)
  const last = own?.at(-1)
  if (own === undefined) byTrack.set(entry.track.id, [entry])
  else if (last?.file === entry.file) last.labels.push(...entry.labels)
  else own.push(entry)
}

const begin = ({
  name,
  folder,
  format,
  error,
}: Extract<ReturnType<typeof unpackPiece>[number], { name: string }>): FileUnderWay => {
  const failed = error === null ? [] : [{ error, unmatched: null }]
  return { name, folder, format, told: [], failed, failedMore: 0 }
}

type Planning = Pick<Place, 'store'> & {
  readonly signal: AbortSignal | undefined
  readonly plan: (ground: ImportGround, own: readonly Entry[]) => Promise<LabelImportPlan>
}

/** All that files say about one track is one step. @param entries of that track @returns whether any label is new */
const importTrack = async (
  { store, plan, signal }: Planning,
  entries: readonly Entry[],
  { overlap, dryRun }: Required<Pick<ImportOptions, 'overlap' | 'dryRun'>>,
): Promise<boolean> => {
  const { track } = entries[0]!
  const planned = (current: ReturnType<typeof readEditable>): Promise<LabelImportPlan> =>
    plan({ ...current, features: currentFeatures(store, track), overlap, ownKinds: store.lenses.kinds() }, entries)
  try {
    const { outcomes } = dryRun
      ? await planned(readEditable(store, track))
      : (await editLabels(store, track, planned)).plan
    for (const [at, outcome] of outcomes.entries()) entries[at]!.file.told.push({ ...outcome, track })
    return outcomes.some(({ tally }) => tally.imported > 0)
  } catch (error) {
    if (!(error instanceof UserError) || signal?.aborted) throw error
    for (const { file } of entries) fail(file, { error: toErrorReport(error), unmatched: null })
    return false
  }
}

/**
 * @returns finds the track that is meant by what a file says of it; null where it is left out, or where it fits none, which the file is
 * told
 * @throws TRACK_NOT_FOUND where a track that was chosen is not there
 */
const findingTracks = (
  store: Workspace['store'],
  { track: reference, chosen = [], onlyChosen = false }: Pick<ImportOptions, 'track' | 'chosen' | 'onlyChosen'>,
): ((names: TrackNames, file: FileUnderWay) => Promise<Track | null>) => {
  const meant = reference === undefined ? null : requireTrack(store, reference)
  const byHand = new Map(
    chosen.map(({ file, name, trackId }) => [JSON.stringify([file, name]), requireTrack(store, String(trackId))]),
  )
  const finder = createTrackFinder(store)
  return async (names, file) => {
    const name = nameInFile(names, file.name)
    const byPerson = byHand.get(JSON.stringify([file.name, name]))
    if (onlyChosen && byPerson === undefined) return null
    try {
      return meant ?? byPerson ?? (await finder(names, file))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      fail(file, { error: toErrorReport(error), unmatched: name })
      return null
    }
  }
}
