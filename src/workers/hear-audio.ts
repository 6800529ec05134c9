import type { MonoAudio } from '../audio/audio.ts'
import type { Provider } from '../inference/backend.ts'
import { type Ears, openEars } from '../inference/open-ears.ts'
import { UserError } from '../support/user-error.ts'
import type { EarsCard } from '../tags/ears-card.ts'
import { type HeardTag, heardTags } from '../tags/heard-tags.ts'
import { embeddingOf } from '../tags/heard-windows.ts'
import { encodeHeardWindows } from '../tags/heard-windows-bytes.ts'
import type { TaskContext } from './task-context.ts'

/** Which network, and where it runs; by itself where it is quickest. */
export type EarsInput = { readonly folder: string; readonly provider?: Provider | undefined }
export type HearAudioInput = { readonly mono: MonoAudio; readonly ears: EarsInput }

export type HeardAudio = {
  /** Of the whole recording, length 1. */
  readonly embedding: Float32Array
  /** Those that are heard at all. */
  readonly tags: readonly (HeardTag & { readonly share: number })[]
  /** As `encodeHeardWindows` makes them. */
  readonly windows: Uint8Array
}

export type ProvenEars = Pick<Ears, 'digest' | 'provider' | 'tried'> & {
  readonly card: Pick<EarsCard, 'name' | 'version' | 'tags'>
}

/** What this thread has opened stays open: a library has thousands of tracks. */
const opened = new Map<string, Promise<Ears>>()

const earsOf = ({ folder, provider }: EarsInput): Promise<Ears> => {
  const name = `${provider ?? ''} ${folder}`
  const kept = opened.get(name)
  if (kept) return kept
  const opening = openEars(folder, { forced: provider })
  opened.set(name, opening)
  opening.catch(() => opened.delete(name))
  return opening
}

/** Tries where the network can run. @throws as `openEars` */
export const proveEars = async (input: EarsInput): Promise<ProvenEars> => {
  const { card, digest, provider, tried } = await earsOf(input)
  return { card: { name: card.name, version: card.version, tags: card.tags }, digest, provider, tried }
}

export const hearAudio = async (
  { mono, ears }: HearAudioInput,
  { signal }: TaskContext<never>,
): Promise<HeardAudio> => {
  const { card, hear } = await earsOf(ears)
  const heard = await hear(mono, { signal })
  // A value that is not finite would be kept, and would be near to nothing and to everything.
  if (![heard.embeddings, heard.tags].every((values) => values.every(Number.isFinite)))
    throw new UserError('INFERENCE_UNAVAILABLE', `${card.name} answered with a value that is no number.`)
  const tags = heardTags(heard, card).filter((tag): tag is HeardTag & { share: number } => (tag.share ?? 0) > 0)
  return { embedding: embeddingOf(heard), tags, windows: encodeHeardWindows(heard) }
}
