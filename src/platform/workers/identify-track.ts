import type { TrackTags } from '../../core/library/track-tags.ts'
import { identifyFile } from '../decoding/identity.ts'
import { readTags } from '../decoding/tags.ts'

export type IdentifyTrackInput = { readonly path: string }
export type IdentifiedTrack = { readonly audioDigest: string; readonly fileDigest: string; readonly tags: TrackTags }

/** Which recording a file holds, and what its tags say. */
export const identifyTrack = async ({ path }: IdentifyTrackInput): Promise<IdentifiedTrack> => {
  const { audioDigest, fileDigest } = await identifyFile(path)
  return { audioDigest, fileDigest, tags: await readTags(path) }
}
