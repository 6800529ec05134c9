import { areFinite } from '../../core/support/are-finite.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { HeardWindows } from '../../core/tags/heard-windows.ts'
import type { HearableAudio } from '../../core/tags/mel-windows.ts'
import type { Provider } from '../../core/tags/provider.ts'
import { type Ears, openEars } from '../inference/open-ears.ts'
import type { TaskContext } from './task-context.ts'

/** Which network, and where it runs; without a provider, wherever it is fastest. */
export type EarsInput = { readonly folder: string; readonly provider?: Provider | undefined }

/** Networks that this thread has opened stay open, since a library has thousands of tracks. */
const opened = new Map<string, Promise<Ears>>()

export const earsOf = ({ folder, provider }: EarsInput): Promise<Ears> => {
  const nameOn = (named: Provider | undefined): string => `${named ?? ''} ${folder}`
  const name = nameOn(provider)
  const kept = opened.get(name)
  if (kept) return kept
  const opening = openEars(folder, { forced: provider })
  opened.set(name, opening)
  opening.then(
    // Where it runs is known now, and whoever names that provider need not open it again.
    (ears) => opened.set(nameOn(ears.provider), opening),
    () => opened.delete(name),
  )
  return opening
}

/** Refuses values that are not finite: stored, they would be near to nothing and to everything. @throws INFERENCE_UNAVAILABLE */
export const hearFinite = async (
  { card, hear }: Ears,
  audio: HearableAudio,
  { signal }: Pick<TaskContext<never>, 'signal'>,
): Promise<HeardWindows> => {
  const heard = await hear(audio, { signal })
  if (areFinite(heard.embeddings) && areFinite(heard.tags)) return heard
  throw new UserError('INFERENCE_UNAVAILABLE', `${card.name} answered with a value that is not a number.`)
}
