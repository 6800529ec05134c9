import { answersFor, type CueAnswer } from '../../core/interop/libraries/cue-meanings.ts'
import { withAnswers } from '../../core/interop/libraries/cue-questions.ts'
import type { ImportedSpan } from '../../core/interop/libraries/cues-to-spans.ts'
import type { ForeignTrack } from '../../core/interop/libraries/foreign-library.ts'
import type { FolderMove } from '../../core/interop/libraries/foreign-paths.ts'
import type { GridChoice } from '../../core/interop/libraries/grid-choice.ts'
import { withoutClaims } from '../../core/interop/libraries/imported-note-claims.ts'
import { importNotes } from '../../core/interop/libraries/imported-notes.ts'
import type { LibraryFormatName } from '../../core/interop/libraries/library-format.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { areSameNotes } from '../../core/library/track-notes.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { joinLists, type PackedList, packList } from '../../core/support/packed-list.ts'
import type { ImportChange } from '../../platform/store/import-store.ts'
import { NO_PLAYLISTS } from '../../platform/store/imported-playlists.ts'
import type { Store } from '../../platform/store/store.ts'
import type { KnownTrack, LookedThrough, LookThroughInput, MatchedTrack } from '../../platform/workers/look-through.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { unzipPieces } from '../../platform/workers/zipped-list.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { proposingVersion } from '../versions/base-model.ts'
import {
  type BringInReport,
  bringInReport,
  libraryReport,
  playlistCounts,
  sumTallies,
  type TrackTally,
} from './bring-in-report.ts'
import { noteClaims } from './note-claims.ts'
import { offersOf, placeSpans, takeGrids } from './place-imported.ts'
import { type ImportChoices, planImportedTrack } from './plan-imported-track.ts'
import { waitingCues } from './waiting-cues.ts'

export type BringInOptions = {
  /** A file, a folder or a drive. */
  readonly path: string
  /** @default whatever is recognised */
  readonly format?: LibraryFormatName | undefined
  /** Where folders of the other program lie here. */
  readonly moves?: readonly FolderMove[] | undefined
  /** Only these libraries of a folder that holds several, by their places in the report. */
  readonly only?: readonly number[] | undefined
  /** @default 'none' */
  readonly grids?: GridChoice | undefined
  /** Ratings, colours, comments and play counts. @default true */
  readonly notes?: boolean | undefined
  /** @default true */
  readonly playlists?: boolean | undefined
  /** Also playlists of earlier imports that the person has deleted. @default false */
  readonly deleted?: boolean | undefined
  /** What names and colours of cues stand for, from now on; null: for no section. */
  readonly answers?: readonly CueAnswer[] | undefined
}

/** So many tracks take some hundredths of a second, after which others have their turn. */
const AT_ONCE = 50
const READ_AT_ONCE = 200

const knownTrack = (track: Track, durationSeconds: number | null): KnownTrack => ({
  id: track.id,
  paths: track.locations.map(({ path }) => path),
  sizes: track.locations.map(({ sizeBytes }) => sizeBytes),
  title: track.tags.title,
  artist: track.tags.artist,
  durationSeconds,
  shownTitle: trackTitle(track),
  audioDigest: track.audioDigest,
})

const ownTracks = async (store: Store): Promise<LookThroughInput['own']> => {
  const durations = store.analyses.durations()
  const ids = store.tracks.ids()
  const lists: PackedList<KnownTrack>[] = []
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    await giveWay()
    const tracks = ids.slice(from, from + READ_AT_ONCE).flatMap((id) => store.tracks.get(id) ?? [])
    lists.push(packList(tracks.map((track) => knownTrack(track, durations.get(track.id) ?? null))))
  }
  return joinLists(lists)
}

type Known = Pick<LookThroughInput, 'own' | 'profiles'>

const look = async (
  pool: TaskRunner,
  { path, format, moves = [], only, answers = [] }: BringInOptions,
  { own, profiles, onProgress, signal }: JobOptions & Known,
): Promise<readonly LookedThrough[]> => {
  const input = {
    path,
    format: format ?? null,
    moves,
    own,
    answers,
    profiles,
  }
  const found = await pool.run('lookThrough', input, {
    ...(signal ? { signal } : {}),
    onProgress: ({ done, total }) => onProgress?.({ stage: 'reading', done, total, item: null }),
  })
  return only === undefined ? found : found.filter((_, at) => only.includes(at))
}

type Step = { readonly importId: number; readonly options: BringInOptions }

type Matched = { readonly track: Track; readonly foreign: ForeignTrack }

type Noted = { readonly trackIds: readonly number[]; readonly changes: readonly ImportChange[] }

/** What an import says is kept also where an earlier one said so: that one may be taken back. */
const noteTracks = (store: Store, matched: readonly Matched[], isKept: boolean): Noted => {
  const ids = matched.map(({ track }) => track.id)
  const earlier = Map.groupBy(noteClaims(store, ids), ({ trackId }) => trackId)
  const changes: ImportChange[] = []
  const trackIds: number[] = []
  const plan = (notes: ReturnType<Store['notes']['ofTracks']>) =>
    matched.flatMap(({ track, foreign }) => {
      const now = notes.get(track.id)!
      const before = withoutClaims(now, earlier.get(track.id) ?? [])
      const after = importNotes(before, foreign, track.tags)
      if (!areSameNotes(before, after))
        changes.push({ trackId: track.id, what: 'notes', before: JSON.stringify(before), after: JSON.stringify(after) })
      const put = importNotes(now, foreign, track.tags)
      if (areSameNotes(now, put)) return []
      trackIds.push(track.id)
      return [{ trackId: track.id, notes: put }]
    })
  if (isKept) store.notes.change(ids, plan)
  else plan(store.notes.ofTracks(ids))
  return { trackIds, changes }
}

/** What libraries before it in a dry run would have suggested, by track. */
type Rehearsed = Map<number, readonly ImportedSpan[]>

type Taking = { readonly step: Step | null; readonly choices: ImportChoices; readonly rehearsed: Rehearsed }

/** Brings in some tracks, in a few small transactions; without an import, only says what would come of it. */
const bringInTracks = async (
  { store, emit }: Workspace,
  matched: readonly MatchedTrack[],
  { step, choices, rehearsed }: Taking,
): Promise<{ readonly tallies: readonly TrackTally[]; readonly regridded: readonly number[] }> => {
  // Some may have gone since the library was looked through.
  const known = matched.flatMap(({ trackId, foreign }): readonly Matched[] => {
    const track = store.tracks.get(trackId)
    return track === null ? [] : [{ track, foreign }]
  })
  const plans = known.map((one) => planImportedTrack(store, one, choices))
  const planned = plans.filter((one) => one !== null)
  const placed = new Map(
    planned.map((one) => {
      const { id } = one.track
      return [id, placeSpans(store, one, { program: choices.program, rehearsed: rehearsed.get(id) ?? [] })] as const
    }),
  )
  if (step === null)
    for (const [id, { suggestions }] of placed) rehearsed.set(id, [...(rehearsed.get(id) ?? []), ...suggestions])
  if (step !== null) {
    const waiting = known.filter((_, at) => plans[at] === null).flatMap((one) => waitingCues(one, choices))
    store.imports.wait(step.importId, waiting)
  }
  const wantsNotes = step?.options.notes !== false
  const noted = wantsNotes ? noteTracks(store, known, step !== null) : { trackIds: [], changes: [] }
  const regridded = step === null ? [] : await takeGrids(store, choices.program, planned)
  if (step !== null) {
    store.imports.suggest(step.importId, [...placed.values()])
    store.imports.offerGrids(step.importId, offersOf(planned))
    store.imports.recordChanges(step.importId, [...noted.changes, ...regridded])
    if (noted.trackIds.length > 0) emit({ type: 'notes', trackIds: noted.trackIds })
  }
  const notedIds = new Set(noted.trackIds)
  const tallies = plans.map((one, at): TrackTally => {
    const spans = one === null ? null : placed.get(one.track.id)!
    return {
      suggestions: spans?.opened ?? 0,
      alreadyThere: spans?.alreadyThere ?? 0,
      isAnalysed: spans !== null,
      offGrid: one?.offGrid.length ?? 0,
      outside: one?.outside ?? 0,
      tooShort: one?.tooShort ?? 0,
      offsetSeconds: one?.offsetSeconds ?? null,
      isOtherGrid: one?.isOtherGrid ?? false,
      isGridTaken: one?.newGrid != null,
      isNoted: notedIds.has(known[at]!.track.id),
    }
  })
  return { tallies, regridded: regridded.map(({ trackId }) => trackId) }
}

/** Libraries that were found, with what they ask. */
export type AskingLibrary = Pick<LookedThrough, 'program' | 'questions'>

export type BringInJob = JobOptions & {
  readonly isDryRun: boolean
  /** Answers what is not understood, before anything is made of it. */
  readonly ask?: ((libraries: readonly AskingLibrary[]) => Promise<readonly CueAnswer[]>) | undefined
}

/**
 * Looks through a library of another DJ program, and makes of its cues suggestions, of its lists playlists, of its ratings notes. Without
 * `isDryRun` all of it is one import, which can be taken back as one.
 * @throws FOREIGN_LIBRARY_NOT_FOUND, IMPORT_MALFORMED
 */
export const bringIn = async (
  workspace: Workspace,
  options: BringInOptions,
  { isDryRun, ask, ...job }: BringInJob,
): Promise<BringInReport> => {
  const { store, emit } = workspace
  const known = { own: await ownTracks(store), profiles: store.cueNames.all() }
  const found = await look(workspace.pool, options, { ...job, ...known })
  const told = [...(options.answers ?? []), ...((await ask?.(found)) ?? [])]
  const total = found.reduce((sum, { matched }) => sum + matched.length, 0)
  const libraries = []
  const rehearsed: Rehearsed = new Map()
  const regridded: number[] = []
  let done = 0
  for (const looked of found) {
    const { program, version, format, source } = looked
    const importId = isDryRun ? null : store.imports.add({ program, version, format, source })
    const answers = answersFor(told, program)
    if (!isDryRun && answers.size > 0) store.cueNames.put(program, answers)
    const choices: ImportChoices = {
      program,
      profile: new Map([...store.cueNames.ofProgram(program), ...answers]),
      grids: options.grids ?? 'none',
      version: proposingVersion(store),
    }
    const step = importId === null ? null : { importId, options }
    const tallies: TrackTally[] = []
    for (const { entries } of unzipPieces(looked.matched))
      for (let from = 0; from < entries.length; from += AT_ONCE) {
        job.signal?.throwIfAborted()
        const part = entries.slice(from, from + AT_ONCE)
        const brought = await bringInTracks(workspace, part, { step, choices, rehearsed })
        tallies.push(...brought.tallies)
        regridded.push(...brought.regridded)
        done += part.length
        job.onProgress?.({ stage: 'importing', done, total, item: null })
        await giveWay()
      }
    const playlists =
      options.playlists === false
        ? NO_PLAYLISTS
        : store.playlists.bringIn(looked.playlists, {
            program,
            importId,
            withDeleted: options.deleted ?? false,
          })
    libraries.push(
      libraryReport(withAnswers(looked, answers), { ...sumTallies(tallies), ...playlistCounts(playlists) }, importId),
    )
  }
  if (!isDryRun) emit({ type: 'imports' })
  return bringInReport(libraries, { dryRun: isDryRun, regridded })
}

/** What a library of another program holds, where there is none of ours. @throws as `bringIn` */
export const lookThroughAlone = async (
  pool: TaskRunner,
  options: BringInOptions,
  job: JobOptions,
): Promise<BringInReport> => {
  const found = await look(pool, options, { ...job, own: packList([]), profiles: {} })
  const nothing = { ...sumTallies([]), ...playlistCounts(NO_PLAYLISTS) }
  const libraries = found.map((one) => libraryReport(one, nothing, null))
  return bringInReport(libraries, { dryRun: true, regridded: [] })
}
