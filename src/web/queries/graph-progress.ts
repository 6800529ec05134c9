import { create } from 'zustand'
import type { EventDocuments } from '../../api/operations/events.ts'

type GraphProgress = Pick<EventDocuments['graph'], 'stage' | 'done' | 'total'>

/** How far the server is with a graph; null while nothing is known of one. */
export const useGraphProgress = create<{ readonly progress: GraphProgress | null }>(() => ({ progress: null }))

const WORDS: Readonly<Record<GraphProgress['stage'], string>> = {
  reading: 'Looking at the beginnings and ends of the tracks',
  connecting: 'Judging how they lead into each other',
  placing: 'Placing the tracks',
}

/** As a person reads it: "Judging how they lead into each other: 40 %". */
export const graphProgressText = ({ stage, done, total }: GraphProgress): string =>
  stage === 'placing' ? `${WORDS[stage]}…` : `${WORDS[stage]}: ${Math.floor((100 * done) / Math.max(1, total))} %`
