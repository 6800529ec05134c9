import { extname } from 'node:path'
import { lastKnownPath, type Track, trackTitle } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import { clock } from '../../core/units/clock.ts'
import type { Store } from '../../platform/store/store.ts'
import type { IdentifiedTrack } from '../../platform/workers/identify-track.ts'
import type { Workspace } from '../kit/workspace.ts'

type OtherFile = { readonly path: string; readonly file: IdentifiedTrack }

/** Closer lengths say nothing. */
const TELLING_SECONDS = 0.5

const durationOf = async ({ store, pool }: Workspace, path: string): Promise<number | null> => {
  const { maxDurationSeconds } = store.settings.all()
  const decoded = await pool.run('decodeAudio', { path, maxDurationSeconds }).catch(() => null)
  return decoded && decoded.mono.samples.length / decoded.mono.sampleRate
}

const formatOf = (path: string): string => extname(path).slice(1).toUpperCase()

const differences = async (workspace: Workspace, track: Track, { path, file }: OtherFile): Promise<string> => {
  const known = workspace.store.analyses.summary(track.id)?.durationSeconds ?? null
  const found = known === null ? null : await durationOf(workspace, path)
  const before = lastKnownPath(track)
  const parts = [
    ...(known !== null && found !== null && Math.abs(known - found) > TELLING_SECONDS
      ? [`it is ${clock(Math.round(found))} long instead of ${clock(Math.round(known))}`]
      : []),
    ...(before !== null && formatOf(before) !== formatOf(path)
      ? [`it is ${formatOf(path)} instead of ${formatOf(before)}`]
      : []),
    ...(file.tags.title !== null && track.tags.title !== null && file.tags.title !== track.tags.title
      ? [`its title is “${file.tags.title}”`]
      : []),
  ]
  return parts.length === 0 ? 'its sound differs, or is encoded differently' : parts.join(', and ')
}

const alreadyKnown = (store: Store, { file }: OtherFile): string => {
  const other = store.tracks.findByDigest(file.audioDigest)
  return other === null ? '' : ` It is “${trackTitle(other)}”, which the library has as another track.`
}

/** Says what tells a file from the tracks that it was taken for. */
export const otherAudio = async (
  workspace: Workspace,
  tracks: readonly Track[],
  other: OtherFile,
): Promise<UserError> => {
  const [track] = tracks
  const known = alreadyKnown(workspace.store, other)
  const detail =
    tracks.length === 1
      ? `${other.path} is a different recording from “${trackTitle(track!)}”: ${await differences(workspace, track!, other)}.${known}`
      : `${other.path} is a different recording from all of these ${tracks.length} tracks.${known}`
  return new UserError('OTHER_AUDIO', detail, { path: other.path })
}
