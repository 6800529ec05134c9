import type { SeratoFrames } from '../../core/interop/libraries/serato/serato-frames.ts'
import type { TrackTags } from '../../core/library/track-tags.ts'

/** What the thread that parses tags can be asked for, and what it answers; null where the file's tags cannot be read. */
export type TagAnswers = {
  readonly tags: TrackTags | null
  readonly serato: SeratoFrames | null
}
export type TagQuestion = { readonly path: string; readonly asked: keyof TagAnswers }
