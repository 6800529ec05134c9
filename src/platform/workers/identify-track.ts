import { createHash } from 'node:crypto'
import { isUnreadable } from '../../core/library/lasting-failure.ts'
import { EMPTY_TAGS, type TrackTags } from '../../core/library/track-tags.ts'
import { UserError } from '../../core/support/user-error.ts'
import { identifyAudio } from '../decoding/identity.ts'
import { type AudioSource, withAudio } from '../decoding/open-audio.ts'
import { tagsOf } from '../decoding/tags.ts'

export type IdentifiedTrack = { readonly audioDigest: string; readonly fileDigest: string; readonly tags: TrackTags }

type Digests = Pick<IdentifiedTrack, 'audioDigest' | 'fileDigest'>

/** A file without any sound is known by its place, so that it can be listed as broken, and ignored or removed by itself. */
const silenceOf =
  ({ path }: AudioSource) =>
  (error: unknown): Digests => {
    if (!(error instanceof UserError) || !isUnreadable(error.code)) throw error
    const digest = createHash('sha256').update(`no sound\n${path}`).digest('hex')
    return { audioDigest: digest, fileDigest: digest }
  }

/** Which recording a file holds, and what its tags say: both are read from the same open file. */
export const identifyTrack = (source: AudioSource): Promise<IdentifiedTrack> =>
  withAudio(source, async (audio) => {
    const digests = await identifyAudio(audio).catch(silenceOf(source))
    return { audioDigest: digests.audioDigest, fileDigest: digests.fileDigest, tags: await tagsOf(audio) }
  }).catch((error: unknown) => ({ ...silenceOf(source)(error), tags: EMPTY_TAGS }))
