import { existsSync } from 'node:fs'
import {
  type MatchEntry,
  type MatchOptions,
  matchTracks,
  type OwnTrack,
  pathHere,
} from '../../core/interop/libraries/match-tracks.ts'
import { identifyFile } from '../decoding/identity.ts'
import { placesOnDrive, type ReadProgress } from './serato-tags.ts'
import type { TaskContext } from './task-context.ts'

type Places = Omit<MatchOptions, 'sameAudio'>

const placeOf = (track: MatchEntry, options: Places): string | undefined => {
  const { path, from } = track.location
  if (from === 'nowhere') return undefined
  const here = pathHere(track, options)
  const onDrive = from === 'volume' && path !== null ? placesOnDrive(path, options.driveFolder ?? '/') : []
  return [...(here === null ? [] : [here]), ...onDrive].find((one) => existsSync(one))
}

/**
 * Tracks of ours with the same audio as files that no path leads to: copies on a drive, or files under another name. Only what lies here
 * and is not found otherwise is read, since that takes reading whole files.
 * @returns ids of ours
 */
export const findSameAudio = async <Entry extends MatchEntry>(
  foreign: readonly Entry[],
  own: readonly (OwnTrack & { readonly audioDigest: string })[],
  options: Places,
  { report, signal }: TaskContext<ReadProgress>,
): Promise<ReadonlyMap<Entry, number>> => {
  // Then nothing can be one of ours.
  if (own.length === 0) return new Map()
  const byDigest = new Map(own.map(({ id, audioDigest }) => [audioDigest, id]))
  const lost = matchTracks(foreign, own, options).flatMap((match) => {
    const path = match.trackId === null && match.reason !== 'streaming' ? placeOf(match.foreign, options) : undefined
    return path === undefined ? [] : [{ track: match.foreign, path }]
  })
  const found = new Map<Entry, number>()
  for (const [done, { track, path }] of lost.entries()) {
    signal.throwIfAborted()
    // What cannot be read is none of ours.
    const identity = await identifyFile(path).catch(() => null)
    const id = identity === null ? undefined : byDigest.get(identity.audioDigest)
    if (id !== undefined) found.set(track, id)
    report({ done: done + 1, total: lost.length })
  }
  return found
}
