/** @file The tempi in which the beat of a recording is looked for, in BPM. */
export const MIN_TEMPO_BPM = 55
export const MAX_TEMPO_BPM = 215
