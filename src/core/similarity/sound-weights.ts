import type { SoundWeights } from './sound-table.ts'

/** What counts how much where sounds are compared. Chosen by `npm run evaluate -- DIR --similar`, decision 0013. */
export const SOUND_WEIGHTS: SoundWeights = { features: 1, embedding: 1 }
