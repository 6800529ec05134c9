import type { Beats, Bpm, Seconds } from '../units/units.ts'

/** Where a beat of a grid is, and the tempo from there on. */
export type GridAnchor = { readonly beat: Beats; readonly seconds: Seconds; readonly bpm: Bpm }
