import type { SoundWeights } from './sound-table.ts'

/** Weights of the parts when sounds are compared. Chosen by `npm run evaluate -- DIR --similar`, decision 0013. */
export const SOUND_WEIGHTS: SoundWeights = { features: 1, embedding: 1 }
