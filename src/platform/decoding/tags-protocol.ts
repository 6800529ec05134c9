import type { SeratoFrames } from '../../core/interop/libraries/serato/serato-frames.ts'
import type { TrackTags } from '../../core/library/track-tags.ts'
import type { OpenAudio } from './open-audio.ts'

/** The answer where the file's tags cannot be read. */
export const UNREADABLE = 'unreadable'

/** What the thread that parses tags can be asked for, and what it answers. */
export type TagAnswers = {
  readonly tags: TrackTags
  /** Null where Serato keeps nothing there. */
  readonly serato: SeratoFrames | null
}
/** An open file, and the name that tells its format. */
export type NamedFile = { readonly name: string } & Pick<OpenAudio, 'descriptor' | 'sizeBytes'>
export type TagQuestion = NamedFile & { readonly asked: keyof TagAnswers }
