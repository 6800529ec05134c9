import { useCallback, useRef } from 'react'
import { notifyProblem } from '../kit/notices.tsx'
import { readTrackIds, type TrackSearch } from '../queries/use-tracks.ts'
import { useLibrary } from './library-state.ts'
import { type Taking, takeInto } from './selection.ts'

type Range = { readonly from: number; readonly to: number }

export type Selecting = {
  readonly take: (index: number, taking: Taking) => void
  readonly takeAll: () => void
  readonly clear: () => void
}

/** Selection by rows: a range also reaches rows that were never in view, so the server is asked which tracks these are. */
export const useSelecting = (
  search: TrackSearch,
  total: number,
  idAt: (index: number) => number | undefined,
): Selecting => {
  const anchor = useRef(0)
  const latest = useRef(0)
  const takeRange = useCallback(
    ({ from, to }: Range, taking: Taking): void => {
      latest.current += 1
      const asked = latest.current
      const take = (ids: readonly number[]): void => {
        // A later gesture overtakes the answer to an earlier one.
        if (asked === latest.current)
          useLibrary.setState(({ selected }) => ({ selected: takeInto(selected, ids, taking) }))
      }
      const here = Array.from({ length: to - from + 1 }, (_, at) => idAt(from + at))
      if (here.every((id) => id !== undefined)) take(here)
      else readTrackIds(search, { from, to }).then(take, notifyProblem)
    },
    [search, idAt],
  )
  const take = useCallback(
    (index: number, taking: Taking): void => {
      const isRange = taking === 'range' || taking === 'add range'
      if (!isRange) anchor.current = index
      const other = isRange ? anchor.current : index
      takeRange({ from: Math.min(other, index), to: Math.max(other, index) }, taking)
    },
    [takeRange],
  )
  return {
    take,
    takeAll: () => takeRange({ from: 0, to: total - 1 }, 'range'),
    clear: () => {
      latest.current += 1
      useLibrary.setState({ selected: new Set() })
    },
  }
}
