import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { queryOf } from '../queries/query-of.ts'

type TrainingScopesProps = {
  /** Ids of those that are left out. */
  readonly leftOut: readonly number[]
  readonly onChange: (leftOut: readonly number[]) => void
}

/** For which parts of the library one training makes versions, besides the general one. */
export const TrainingScopes = ({ leftOut, onChange }: TrainingScopesProps): ReactElement | null => {
  const { data: scopes = [] } = useQuery(queryOf('listScopes'))
  if (scopes.length === 0) return null
  return (
    <fieldset>
      <legend>Also train for</legend>
      {scopes.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={!leftOut.includes(id)}
            onChange={({ target }) => onChange(target.checked ? leftOut.filter((one) => one !== id) : [...leftOut, id])}
          />{' '}
          {name}
        </label>
      ))}
    </fieldset>
  )
}
