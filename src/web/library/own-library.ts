import { useEffect } from 'react'
import type { TrackSort } from '../../core/library/track-sorts.ts'
import type { TrackStanding } from '../../core/library/track-standing.ts'
import { changeView, useLibrary } from './library-state.ts'
import type { Filters } from './list-filters.ts'
import type { Column } from './table-columns.ts'

/** What only a library of one's own is narrowed by; a shared catalogue refuses it. */
export const OWN_FILTERS: ReadonlySet<keyof Filters> = new Set<keyof Filters>([
  'needsReview',
  'tagBpmMin',
  'tagBpmMax',
  'tagKey',
  'format',
  'bitRateMin',
  'bitRateMax',
  'path',
  'doubtfulGrid',
])
export const OWN_STANDINGS: ReadonlySet<TrackStanding> = new Set<TrackStanding>([
  'unreadable',
  'failed',
  'offline',
  'missing',
])
/** What only there is anything in. */
export const OWN_COLUMNS: ReadonlySet<Column> = new Set<Column>([
  'tag bpm',
  'tag key',
  'format',
  'bit rate',
  'doubtful grid',
  'path',
])
/** Of columns that are shown in both. */
export const OWN_SORTS: ReadonlySet<TrackSort> = new Set<TrackSort>(['labels', 'status'])

/** Takes the columns out of the table that a catalogue has nothing in. */
export const useSharedColumns = (isShared: boolean): void => {
  const columns = useLibrary((state) => state.columns)
  useEffect(() => {
    if (isShared && columns.some((column) => OWN_COLUMNS.has(column)))
      changeView({ columns: columns.filter((column) => !OWN_COLUMNS.has(column)) })
  }, [isShared, columns])
}
