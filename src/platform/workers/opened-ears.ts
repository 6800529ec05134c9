import { UserError } from '../../core/support/user-error.ts'
import type { HeardWindows } from '../../core/tags/heard-windows.ts'
import type { HearableAudio } from '../../core/tags/mel-windows.ts'
import type { Provider } from '../../core/tags/provider.ts'
import { type Ears, openEars } from '../inference/open-ears.ts'
import type { TaskContext } from './task-context.ts'

/** Which network, and where it runs; by itself where it is quickest. */
export type EarsInput = { readonly folder: string; readonly provider?: Provider | undefined }

/** What this thread has opened stays open: a library has thousands of tracks. */
const opened = new Map<string, Promise<Ears>>()

export const earsOf = ({ folder, provider }: EarsInput): Promise<Ears> => {
  const name = `${provider ?? ''} ${folder}`
  const kept = opened.get(name)
  if (kept) return kept
  const opening = openEars(folder, { forced: provider })
  opened.set(name, opening)
  opening.catch(() => opened.delete(name))
  return opening
}

/** A value that is not finite would be kept, and would be near to nothing and to everything. @throws INFERENCE_UNAVAILABLE */
export const hearFinite = async (
  { card, provider, hear }: Ears,
  audio: HearableAudio,
  { signal, stepAside }: Pick<TaskContext<never>, 'signal' | 'stepAside'>,
): Promise<HeardWindows> => {
  // WebAssembly runs in this thread, all others in a process of their own.
  const onAsked = provider === 'wasm' ? undefined : stepAside
  const heard = await hear(audio, { signal, onAsked })
  if ([heard.embeddings, heard.tags].every((values) => values.every(Number.isFinite))) return heard
  throw new UserError('INFERENCE_UNAVAILABLE', `${card.name} answered with a value that is no number.`)
}
