import { createHash } from 'node:crypto'
import { isUnreadable } from '../../core/library/lasting-failure.ts'
import type { TrackTags } from '../../core/library/track-tags.ts'
import { UserError } from '../../core/support/user-error.ts'
import { identifyFile } from '../decoding/identity.ts'
import { readTags } from '../decoding/tags.ts'

export type IdentifyTrackInput = { readonly path: string }
export type IdentifiedTrack = { readonly audioDigest: string; readonly fileDigest: string; readonly tags: TrackTags }

type Digests = Pick<IdentifiedTrack, 'audioDigest' | 'fileDigest'>

/** A file without any sound is known by its place, so that it can be listed as broken, and ignored or removed by itself. */
const digestsOfSilence = (path: string): Digests => {
  const digest = createHash('sha256').update(`no sound\n${path}`).digest('hex')
  return { audioDigest: digest, fileDigest: digest }
}

/** Which recording a file holds, and what its tags say. */
export const identifyTrack = async ({ path }: IdentifyTrackInput): Promise<IdentifiedTrack> => {
  const { audioDigest, fileDigest } = await identifyFile(path).catch((error: unknown): Digests => {
    if (error instanceof UserError && isUnreadable(error.code)) return digestsOfSilence(path)
    throw error
  })
  return { audioDigest, fileDigest, tags: await readTags(path) }
}
