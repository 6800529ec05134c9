import type { ReactElement } from 'react'
import { useIsCatalogue } from '../queries/use-health.ts'
import { changeFilters, useLibrary } from './library-state.ts'
import type { Filters } from './list-filters.ts'
import { OWN_STANDINGS } from './own-library.ts'

const STATUSES: Readonly<Record<Filters['status'], string>> = {
  present: 'Any status',
  analysed: 'Analysed',
  not_analysed: 'Not analysed yet',
  unreadable: 'Cannot be read',
  failed: 'Cannot be analysed',
  offline: 'Drive offline',
  missing: 'Missing',
}

/** Leaves only tracks that stand so; any status leaves out the missing ones alone. */
export const StatusFilter = (): ReactElement => {
  const status = useLibrary((state) => state.filters.status)
  const isShared = useIsCatalogue() === true
  const offered = (Object.keys(STATUSES) as Filters['status'][]).filter((one) => !isShared || !OWN_STANDINGS.has(one))
  return (
    <select
      aria-label="Status"
      value={status}
      onChange={({ target }) => changeFilters({ status: target.value as Filters['status'] })}
    >
      {offered.map((value) => (
        <option key={value} value={value}>
          {STATUSES[value]}
        </option>
      ))}
    </select>
  )
}
