import type { ReactElement } from 'react'
import { changeFilters, useLibrary } from './library-state.ts'
import type { Filters } from './list-filters.ts'

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
  return (
    <select
      aria-label="Status"
      value={status}
      onChange={({ target }) => changeFilters({ status: target.value as Filters['status'] })}
    >
      {Object.entries(STATUSES).map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  )
}
