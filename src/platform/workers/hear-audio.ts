import type { HeardLevels } from '../../core/features/heard-levels.ts'
import { checkHeardContent } from '../../core/quality/heard-content.ts'
import type { QualityFlag } from '../../core/quality/quality-flag.ts'
import type { EarsCard } from '../../core/tags/ears-card.ts'
import { groupLevels } from '../../core/tags/group-levels.ts'
import { type HeardTag, heardTags } from '../../core/tags/heard-tags.ts'
import { embeddingOf } from '../../core/tags/heard-windows.ts'
import { decodeHeardWindows, encodeHeardWindows } from '../../core/tags/heard-windows-bytes.ts'
import type { HearableAudio } from '../../core/tags/mel-windows.ts'
import type { Provider } from '../../core/tags/provider.ts'
import type { Ears } from '../inference/open-ears.ts'
import { type EarsInput, earsOf, hearFinite } from './opened-ears.ts'
import type { TaskContext } from './task-context.ts'

export type HearAudioInput = { readonly audio: HearableAudio; readonly ears: EarsInput }

/** Other providers may round, which changes the logit of a tag that is hardly heard. */
const PRECISE: readonly Provider[] = ['cpu', 'wasm']

export type HeardAudio = {
  /** Embedding of the whole recording, length 1. */
  readonly embedding: Float32Array
  /** The tags that are heard at all. */
  readonly tags: readonly (HeardTag & { readonly share: number })[]
  /** Flags for parts of the recording that are not music. */
  readonly flags: readonly QualityFlag[]
  /** As `encodeHeardWindows` makes them. */
  readonly windows: Uint8Array
  /** For the features of sections; null where this network lacks tags that they need, or runs at less than single precision. */
  readonly levels: HeardLevels | null
}

export type ProvenEars = Pick<Ears, 'digest' | 'precision' | 'provider' | 'tried'> & {
  readonly card: Pick<EarsCard, 'name' | 'version' | 'tags'>
}

/** Finds out where the network can run. @throws as `openEars` */
export const proveEars = async (input: EarsInput): Promise<ProvenEars> => {
  const { card, digest, precision, provider, tried } = await earsOf(input)
  return { card: { name: card.name, version: card.version, tags: card.tags }, digest, precision, provider, tried }
}

export const hearAudio = async ({ audio, ears }: HearAudioInput, context: TaskContext<never>): Promise<HeardAudio> => {
  const network = await earsOf(ears)
  const { card } = network
  const heard = await hearFinite(network, audio, context)
  const windows = encodeHeardWindows(heard)
  // Where a tag is heard is read off these bytes later, and rounding may move a window over its threshold.
  const tags = heardTags(decodeHeardWindows(windows), card).filter(
    (tag): tag is HeardTag & { share: number } => (tag.share ?? 0) > 0,
  )
  return {
    embedding: embeddingOf(heard),
    tags,
    flags: checkHeardContent(heard, card),
    windows,
    levels: PRECISE.includes(network.provider) ? groupLevels(heard, card) : null,
  }
}
