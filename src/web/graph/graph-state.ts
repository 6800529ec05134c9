import { z } from 'zod'
import { create } from 'zustand'
import { GRAPH_PLACES } from '../../core/setlist/graph-places.ts'
import { COLOURINGS } from './graph-colours.ts'
import { AT_REST, type Walk } from './graph-walk.ts'

const lookSchema = z.object({
  by: z.enum(GRAPH_PLACES),
  colouring: z.enum(COLOURINGS),
  /** Whether only tracks are shown that the list of the library shows. */
  isFiltered: z.boolean(),
  hearsOnHover: z.boolean(),
  view: z.enum(['graph', 'table']),
})
export type Look = z.output<typeof lookSchema>

const USUAL: Look = { by: 'mix', colouring: 'key', isFiltered: false, hearsOnHover: true, view: 'graph' }

type GraphState = {
  readonly look: Look
  /** The playlist whose tracks stand out. */
  readonly playlistId: number | null
  readonly walk: Walk
  /** Clicks add to the path instead of just going to a track. */
  readonly isDrawing: boolean
  /** Tracks that stand out, by the name of the group that they are. */
  readonly group: string | null
}

const STORED_AS = 'algiers.graph'

const readLook = (): Look => {
  try {
    return lookSchema.safeParse(JSON.parse(localStorage.getItem(STORED_AS) ?? 'null')).data ?? USUAL
  } catch {
    // What is kept is no JSON: another version wrote it.
    return USUAL
  }
}

export const useGraph = create<GraphState>(() => ({
  look: readLook(),
  playlistId: null,
  walk: AT_REST,
  isDrawing: false,
  group: null,
}))

export const changeLook = (change: Partial<Look>): void => {
  const look = { ...useGraph.getState().look, ...change }
  localStorage.setItem(STORED_AS, JSON.stringify(look))
  useGraph.setState({ look })
}

export const walkOn = (step: (walk: Walk) => Walk): void => useGraph.setState(({ walk }) => ({ walk: step(walk) }))
