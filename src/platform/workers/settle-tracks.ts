import { settleGraph } from '../../core/setlist/settle-graph.ts'
import type { KeptTransitions } from '../../core/setlist/transition-graph.ts'

export type SettleTracksInput = { readonly places: Float64Array; readonly transitions: KeptTransitions }

/** Lays what mixes close to each other. @returns places, shape (tracks, 2) */
export const settleTracks = ({ places, transitions }: SettleTracksInput): Float64Array =>
  settleGraph(places, transitions)
