import { existsSync, rmSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Track, trackTitle } from '../../core/library/track.ts'
import type { MixMove } from '../../core/mixing/mix-move.ts'
import { rangeAround } from '../../core/mixing/mix-range.ts'
import { type MixedTrack, planMix } from '../../core/mixing/plan-mix.ts'
import { UserError } from '../../core/support/user-error.ts'
import { realFolders } from '../../platform/decoding/library-place.ts'
import type { AudioSource } from '../../platform/decoding/open-audio.ts'
import { partialPath } from '../../platform/store/partial-path.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { audioOf } from '../kit/track-audio.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { mixedTrack, movesBetween } from './mixed-tracks.ts'
import type { TransitionWorkspace } from './transition.ts'

export type RenderWish = {
  /** In their order. */
  readonly trackIds: readonly number[]
  /** How each goes into the next; null where Algiers chooses. @default Algiers chooses all */
  readonly moves?: readonly (MixMove | null)[] | undefined
  /** What the person makes each louder by than its measured loudness asks for, in decibels. @default 0 */
  readonly trimsDb?: readonly number[] | undefined
  /** Only the transition of two tracks, with so many bars before and behind it; null for the whole set. */
  readonly aroundBars: number | null
  /** A file that is not there yet; null keeps it where it can be fetched from. */
  readonly output: string | null
}

export type RenderedSet = {
  /** Null where it is to be fetched. */
  readonly file: string | null
  readonly seconds: number
  /** When each track comes in. */
  readonly tracks: readonly { readonly trackId: number; readonly title: string; readonly startSeconds: number }[]
}

/** Mixes that wait to be fetched, the newest only: one of a night has some gigabytes. */
const mixesFolder = (store: Pick<Store, 'directory'>): string => join(store.directory.cache, 'mixes')
export const fetchedMixPath = (store: Pick<Store, 'directory'>, jobId: number): string =>
  join(mixesFolder(store), `mix-${jobId}.wav`)

const tracksOf = (store: Store, ids: readonly number[]): readonly Track[] => ids.map((id) => store.tracks.get(id)!)

/** Where the sound of each track is read from. @throws ROOT_OFFLINE, AUDIO_NOT_FOUND */
export const mixSources = async (store: Store, tracks: readonly Track[]): Promise<readonly AudioSource[]> => {
  const folders = await realFolders(store.roots.list())
  return tracks.map((track) => ({ path: audioOf(track).path, folders }))
}

/** @throws TRACK_NOT_FOUND, TRANSITION_INVALID, EXPORT_EXISTS, ROOT_OFFLINE, AUDIO_NOT_FOUND, ANALYSIS_REQUIRED */
const checkWish = (store: Store, { trackIds, moves, trimsDb, aroundBars, output }: RenderWish): void => {
  if (output !== null && existsSync(resolve(output))) throw new UserError('EXPORT_EXISTS', `${output} exists.`)
  requireTracks(store, trackIds)
  if (trackIds.length === 0) throw new UserError('TRANSITION_INVALID', 'A set has at least one track.')
  if (aroundBars !== null && trackIds.length !== 2)
    throw new UserError('TRANSITION_INVALID', 'A transition is between two tracks.')
  if (moves !== undefined && moves.length !== trackIds.length - 1)
    throw new UserError('TRANSITION_INVALID', 'There is one transition between each two tracks.')
  if (trimsDb !== undefined && trimsDb.length !== trackIds.length)
    throw new UserError('TRANSITION_INVALID', 'There is one trim for each track.')
  for (const track of tracksOf(store, trackIds)) {
    audioOf(track)
    mixedTrack(store, track)
  }
}

const keepNewestOnly = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) rmSync(join(folder, name), { recursive: true, force: true })
}

const trimmed = (store: Store, tracks: readonly Track[], trimsDb: RenderWish['trimsDb']): readonly MixedTrack[] =>
  tracks.map((track, at) => mixedTrack(store, track, trimsDb?.[at]))

/** A wish with every transition decided, and the grids that it was decided on. */
export type RenderPlan = Omit<RenderWish, 'moves'> & {
  readonly moves: readonly MixMove[]
  readonly gridDigests: readonly string[]
}

const gridDigestsOf = (store: Store, tracks: readonly Track[]): readonly string[] =>
  tracks.map((track) => requireGrid(store, track).digest)

/**
 * Decides how each track goes into the next, and refuses what cannot be rendered.
 * @throws as `checkWish` and `movesBetween`, EXPORT_EXISTS, MIX_TOO_LONG
 */
export const planRender = async (
  workspace: TransitionWorkspace,
  { moves: chosen, ...wish }: RenderWish,
): Promise<RenderPlan> => {
  const { store } = workspace
  checkWish(store, { ...wish, moves: chosen })
  const tracks = tracksOf(store, wish.trackIds)
  const moves = await movesBetween(workspace, tracks, chosen ?? tracks.slice(1).map(() => null))
  planMix(trimmed(store, tracks, wish.trimsDb), moves)
  return { ...wish, moves, gridDigests: gridDigestsOf(store, tracks) }
}

/**
 * Renders tracks one into the other as a WAV file.
 * @param jobId that the file is kept by where it is to be fetched
 * @throws GRID_CHANGED, EXPORT_EXISTS, MIX_TOO_LONG, STORAGE_FULL, and as decoding does; `signal.reason` when aborted
 */
export const renderSet = async (
  { store, pool }: Pick<Workspace, 'store' | 'pool'>,
  { trackIds, moves, trimsDb, gridDigests, aroundBars, output }: RenderPlan,
  { onProgress, signal, jobId = 0 }: JobOptions & { readonly jobId?: number } = {},
): Promise<RenderedSet> => {
  checkWish(store, { trackIds, moves, trimsDb, aroundBars, output })
  const tracks = tracksOf(store, trackIds)
  if (gridDigestsOf(store, tracks).some((digest, at) => digest !== gridDigests[at]))
    throw new UserError('GRID_CHANGED', 'A beat grid of the set has changed meanwhile.')
  const mixed = trimmed(store, tracks, trimsDb)
  const mix = planMix(mixed, moves)
  const range = aroundBars === null ? { startSeconds: 0, endSeconds: mix.seconds } : rangeAround(mix, mixed, aroundBars)
  if (output === null) await keepNewestOnly(mixesFolder(store))
  const path = output === null ? fetchedMixPath(store, jobId) : resolve(output)
  const titles = tracks.map(trackTitle)
  const sources = await mixSources(store, tracks)
  const rendering = pool.run(
    'renderMix',
    { mix, sources, folder: store.directory.mixing, range, path },
    {
      ...(signal ? { signal } : {}),
      onProgress: ({ share, deck }) =>
        onProgress?.({ stage: 'mixing', done: Math.round(share * 1000), total: 1000, item: titles[deck] ?? null }),
    },
  )
  // A thread that is stopped in the middle leaves what it has written.
  const seconds = await rendering.catch((error: unknown) => {
    rmSync(partialPath(path), { force: true })
    throw error
  })
  return {
    file: output === null ? null : path,
    seconds,
    tracks: tracks.map(({ id }, at) => ({
      trackId: id,
      title: titles[at]!,
      startSeconds: Math.max(0, mix.decks[at]!.startSeconds - range.startSeconds),
    })),
  }
}
