import type { HeardLevels } from '../../core/features/heard-levels.ts'
import { groupLevels } from '../../core/tags/group-levels.ts'
import type { HearableAudio } from '../../core/tags/mel-windows.ts'
import { SHIPPED_EARS } from '../inference/shipped-ears.ts'
import { earsOf, hearFinite } from './opened-ears.ts'
import type { TaskContext } from './task-context.ts'

/**
 * Hears the levels for the features of sections, always with the shipped network, whichever one tags the library. It runs on the CPU,
 * where every machine gives the same values, or by WebAssembly where the native runtime is missing.
 */
export const hearLevels = async (audio: HearableAudio, context: TaskContext<never>): Promise<HeardLevels> => {
  const onCpu = earsOf({ folder: SHIPPED_EARS, provider: 'cpu' })
  const ears = await onCpu.catch(() => earsOf({ folder: SHIPPED_EARS, provider: 'wasm' }))
  const levels = groupLevels(await hearFinite(ears, audio, context), ears.card)
  if (levels === null) throw new Error(`${ears.card.name} lacks tags that the features are made of`)
  return levels
}
