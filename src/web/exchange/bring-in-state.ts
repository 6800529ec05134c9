import { create } from 'zustand'
import type { GridChoice } from '../../core/interop/libraries/grid-choice.ts'
import { client } from '../kit/client.ts'
import { noteAsked } from '../kit/jobs/asked-jobs.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { queryClient } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import type { GivenAnswer } from './cue-answers.ts'

export type Move = { readonly from: string; readonly to: string }

type BringInState = {
  readonly path: string
  readonly moves: readonly Move[]
  /** What names and colours of cues stand for, where the person has said so here. */
  readonly answers: readonly GivenAnswer[]
  readonly grids: GridChoice
  readonly notes: boolean
  readonly playlists: boolean
  /** Playlists come again that the person has deleted. */
  readonly deleted: boolean
  /** Libraries that were found and are not wanted, by their places. */
  readonly leftOut: readonly number[]
  /** How many tracks the library had as it was looked through; null where that was not known yet. */
  readonly ownTracks: number | null
  /** The job that looks through it, and the one that brings it in. */
  readonly looking: string | null
  readonly bringing: string | null
}

const NOTHING: BringInState = {
  path: '',
  moves: [],
  answers: [],
  grids: 'none',
  notes: true,
  playlists: true,
  deleted: false,
  leftOut: [],
  ownTracks: null,
  looking: null,
  bringing: null,
}

/** It stays while the person looks at other screens. */
export const useBringIn = create<BringInState>(() => NOTHING)

export const change = (part: Partial<BringInState>): void => useBringIn.setState(part)

export const beginAnew = (): void => useBringIn.setState(NOTHING)

const bodyOf = ({ path, moves, answers, grids, notes, playlists, deleted }: BringInState) => ({
  path: path.trim(),
  moves: [...moves],
  answers: [...answers],
  grids,
  notes,
  playlists,
  deleted,
})

/** Looks through the path again, with what is known by now. */
export const look = (part: Partial<BringInState> = {}): void => {
  const ownTracks = queryClient.getQueryData(queryOf('health').queryKey)?.tracks ?? null
  change({ ...part, bringing: null, ownTracks })
  client
    .lookThrough({ body: bodyOf(useBringIn.getState()) })
    .then(({ job_id }) => change({ looking: job_id }), notifyProblem)
}

/** @param libraries how many were found */
export const bringIn = (libraries: number): void => {
  const state = useBringIn.getState()
  const only = Array.from({ length: libraries }, (_, at) => at).filter((at) => !state.leftOut.includes(at))
  client.bringIn({ body: { ...bodyOf(state), only } }).then((job) => {
    noteAsked(job)
    change({ bringing: job.job_id })
  }, notifyProblem)
}
